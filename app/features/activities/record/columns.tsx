import { StateTag } from '#app/ui/content.tsx'
import { Day } from '#app/ui/fr.tsx'
import { formatTimeRange, isoDay, nb } from '#app/ui/french.ts'
import { Link } from '#app/ui/link.tsx'
import type { Column } from '#app/ui/table.ts'
import { modeLabels, roleLabels, scaleLabels, statusLabels, statusTones } from '../labels.ts'
import type { ActivityLine } from './list.server.ts'

/** The list of activities, on screen, in print and in exports. */
export const activityColumns: Column<ActivityLine>[] = [
  {
    key: 'date',
    label: 'Date',
    value: ({ startsAt }) => startsAt,
    kind: 'day',
    sortable: true,
    render: ({ startsAt }) =>
      startsAt ? <Day date={startsAt} style="short" /> : <span className="soft">sans date</span>,
  },
  {
    key: 'horaire',
    label: 'Horaire',
    shown: false,
    value: ({ startsAt, endsAt }) =>
      startsAt && endsAt && isoDay(startsAt) === isoDay(endsAt) ? formatTimeRange(startsAt, endsAt) : null,
  },
  { key: 'fin', label: 'Dernier jour', shown: false, kind: 'day', value: ({ endsAt }) => endsAt },
  {
    key: 'titre',
    label: 'Titre',
    weight: 'main',
    sortable: true,
    value: ({ title }) => title,
    render: ({ id, title, status, kind }) => (
      <>
        <Link href={`/bureau/activites/${id}`}>{nb(title)}</Link>{' '}
        {status !== 'published' && <StateTag tone={statusTones[status]}>{statusLabels[status]}</StateTag>}
        <span className="small soft block">{kind}</span>
      </>
    ),
  },
  { key: 'type', label: 'Type', shown: false, value: ({ kind }) => kind },
  { key: 'etat', label: 'État', shown: false, value: ({ status }) => statusLabels[status] },
  { key: 'format', label: 'Format', weight: 'wide', value: ({ mode }) => modeLabels[mode] },
  { key: 'lieu', label: 'Lieu', shown: false, value: ({ place }) => place },
  { key: 'departement', label: 'Département', weight: 'wide', value: ({ departement }) => departement },
  { key: 'theme', label: 'Thème', weight: 'wide', value: ({ theme }) => theme },
  { key: 'role', label: 'Rôle', shown: false, value: ({ role }) => roleLabels[role] },
  { key: 'echelle', label: 'Échelle', shown: false, value: ({ scale }) => scaleLabels[scale] },
  { key: 'responsable', label: 'Responsable', weight: 'wide', value: ({ lead }) => lead },
  { key: 'demi-journees', label: 'Demi-j.', kind: 'number', weight: 'wide', value: ({ halfDays }) => halfDays },
  { key: 'inscrits', label: 'Inscrits', kind: 'number', value: ({ registered }) => registered },
  { key: 'presents', label: 'Présents', kind: 'number', value: ({ present }) => present },
  {
    key: 'non-identifies',
    label: 'Non identifiés',
    kind: 'number',
    shown: false,
    value: ({ unidentified }) => unidentified,
  },
]
