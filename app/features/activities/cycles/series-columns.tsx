import { StateTag } from '#app/ui/content.tsx'
import { Day } from '#app/ui/fr.tsx'
import { formatDuration } from './duration.ts'
import { Link } from '#app/ui/link.tsx'
import { nb } from '#app/ui/french.ts'
import type { Column } from '#app/ui/table.ts'
import { modeLabels, seriesKindLabels, statusLabels, statusTones } from '../labels.ts'
import type { StepLine } from './read-series.server.ts'
import type { SeriesLine } from './series.server.ts'

export const seriesColumns: Column<SeriesLine>[] = [
  {
    key: 'titre',
    label: 'Titre',
    weight: 'main',
    value: ({ title }) => title,
    render: ({ id, title }) => <Link href={`/bureau/series/${id}`}>{title}</Link>,
  },
  { key: 'nature', label: 'Nature', weight: 'wide', value: ({ kind }) => seriesKindLabels[kind] },
  { key: 'premiere', label: 'Première', kind: 'day', weight: 'wide', value: ({ firstAt }) => firstAt },
  { key: 'derniere', label: 'Dernière', kind: 'day', weight: 'wide', value: ({ lastAt }) => lastAt },
  { key: 'activites', label: 'Activités', kind: 'number', value: ({ activities }) => activities },
  { key: 'demi-journees', label: 'Demi-journées', kind: 'number', weight: 'wide', value: ({ halfDays }) => halfDays },
  { key: 'presences', label: 'Présences', kind: 'number', value: ({ present }) => present },
]

/** Places of every way of taking part; null: no limit. */
const capacityOf = ({ mode, capacityOnsite, capacityRemote }: StepLine): number | null => {
  const limits = [
    ...(mode === 'distanciel' ? [] : [capacityOnsite]),
    ...(mode === 'presentiel' ? [] : [capacityRemote]),
  ]
  return limits.some((limit) => limit === null) ? null : limits.reduce<number>((all, limit) => all + limit!, 0)
}

/** The activities of a series, in the order of the days. */
export const stepColumns: Column<StepLine>[] = [
  {
    key: 'date',
    label: 'Date',
    kind: 'day',
    value: ({ startsAt }) => startsAt,
    render: ({ startsAt }) =>
      startsAt ? <Day date={startsAt} style="short" /> : <span className="soft">sans date</span>,
  },
  {
    key: 'titre',
    label: 'Activité',
    weight: 'main',
    value: ({ title }) => title,
    render: ({ id, title, status }) => (
      <>
        <Link href={`/bureau/activites/${id}`}>{nb(title)}</Link>{' '}
        {status !== 'published' && <StateTag tone={statusTones[status]}>{statusLabels[status]}</StateTag>}
      </>
    ),
  },
  { key: 'format', label: 'Format', weight: 'wide', value: ({ mode }) => modeLabels[mode] },
  { key: 'duree', label: 'Durée', weight: 'wide', value: ({ minutes }) => formatDuration(minutes) },
  {
    key: 'places',
    label: 'Inscrits / places',
    align: 'end',
    value: (row) => {
      const capacity = capacityOf(row)
      return capacity === null ? `${row.expected}` : `${row.expected} / ${capacity}`
    },
  },
  { key: 'attente', label: 'En attente', kind: 'number', weight: 'wide', value: ({ waiting }) => waiting || null },
  {
    key: 'presents',
    label: 'Présents',
    align: 'end',
    value: ({ held, present }) => (held ? present : null),
    render: ({ id, held, present }) =>
      held ? <Link href={`/bureau/activites/${id}/presence`}>{present}</Link> : <span className="soft">à venir</span>,
  },
]
