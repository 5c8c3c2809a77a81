import { Link } from '#app/ui/link.tsx'
import type { Column } from '#app/ui/table.ts'
import type { SeriesLine } from './series.server.ts'

export const seriesColumns: Column<SeriesLine>[] = [
  {
    key: 'titre',
    label: 'Série',
    weight: 'main',
    value: ({ title }) => title,
    render: ({ id, title }) => <Link href={`/bureau/series/${id}`}>{title}</Link>,
  },
  { key: 'premiere', label: 'Première', kind: 'day', weight: 'wide', value: ({ firstAt }) => firstAt },
  { key: 'derniere', label: 'Dernière', kind: 'day', weight: 'wide', value: ({ lastAt }) => lastAt },
  { key: 'activites', label: 'Activités', kind: 'number', value: ({ activities }) => activities },
  { key: 'demi-journees', label: 'Demi-journées', kind: 'number', weight: 'wide', value: ({ halfDays }) => halfDays },
  { key: 'presences', label: 'Présences', kind: 'number', value: ({ present }) => present },
]
