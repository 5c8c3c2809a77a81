import { formatDate } from '#app/ui/french.ts'
import { Link } from '#app/ui/link.tsx'
import type { Column } from '#app/ui/table.ts'
import { attendanceModeLabels, attendanceSourceLabels, type AttendanceMode, type AttendanceSource } from '../labels.ts'
import { sharingLabels } from '../shares/words.ts'
import type { ActivityRow, AnyRow, ParcoursRow, PersonRow, PresenceRow } from './rows.server.ts'
import { type Words, wordOf } from './words.ts'

const activityHref = (id: string) => `/bureau/activites/${id}`

const Who = ({ row }: { row: PresenceRow | PersonRow | ParcoursRow }) =>
  row.personId ? (
    <Link href={`/bureau/personnes/${row.personId}`}>{row.name}</Link>
  ) : (
    <span className="soft">Nom réservé à votre équipe</span>
  )

const day = <Row extends AnyRow>(label: string): Column<Row> => ({
  key: 'jour',
  label,
  kind: 'day',
  sortable: true,
  value: (row) => row.startsAt,
  render: (row) => <time dateTime={row.startsAt.toISOString()}>{formatDate(row.startsAt, 'numeric')}</time>,
})

const activityColumns = (words: Words, unit: string): Column<ActivityRow>[] => [
  day('Le'),
  {
    key: 'activite',
    label: 'Activité',
    sortable: true,
    weight: 'main',
    value: (row) => row.title,
    render: (row) => (
      <>
        <Link href={activityHref(row.id)}>{row.title}</Link>
        {row.reason && <span className="small soft"> corrigée : {row.reason}</span>}
      </>
    ),
  },
  { key: 'type', label: 'Type', weight: 'wide', value: (row) => wordOf(words, 'type', row.type) },
  { key: 'format', label: 'Format', weight: 'wide', value: (row) => wordOf(words, 'mode', row.mode) },
  { key: 'role', label: 'Notre rôle', weight: 'wide', value: (row) => wordOf(words, 'role', row.role) },
  { key: 'theme', label: 'Thème', weight: 'wide', value: (row) => wordOf(words, 'theme', row.theme) },
  {
    key: 'departement',
    label: 'Département',
    weight: 'wide',
    value: (row) => wordOf(words, 'departement', row.departement),
  },
  { key: 'motif', label: 'Motif de la correction', shown: false, value: (row) => row.reason },
  { key: 'partage', label: 'Partage', shown: false, value: (row) => sharingLabels[row.sharing] },
  { key: 'identifiant', label: 'Identifiant commun', shown: false, value: (row) => row.commonId },
  { key: 'nombre', label: unit, kind: 'number', value: (row) => row.count },
]

const personColumns = <Row extends PresenceRow | PersonRow | ParcoursRow>(words: Words): Column<Row>[] => [
  {
    key: 'personne',
    label: 'Personne',
    sortable: true,
    weight: 'main',
    value: (row) => row.name,
    render: (row) => <Who row={row} />,
  },
  { key: 'fonction', label: 'Fonction', weight: 'wide', value: (row) => row.function },
  { key: 'organisation', label: 'Organisation', weight: 'wide', value: (row) => row.organisation },
  { key: 'profil', label: 'Profil', weight: 'wide', value: (row) => wordOf(words, 'profil', row.profile) },
  {
    key: 'departement',
    label: 'Département',
    weight: 'wide',
    value: (row) => wordOf(words, 'origine', row.departement),
  },
]

const presenceColumns = (words: Words): Column<PresenceRow>[] => [
  day('Le'),
  ...personColumns<PresenceRow>(words),
  {
    key: 'activite',
    label: 'Activité',
    sortable: true,
    value: (row) => row.title,
    render: (row) => <Link href={activityHref(row.activityId)}>{row.title}</Link>,
  },
  {
    key: 'presence',
    label: 'Présence',
    weight: 'wide',
    value: (row) => attendanceModeLabels[row.mode as AttendanceMode],
  },
  {
    key: 'origine',
    label: 'Relevée par',
    shown: false,
    value: (row) => attendanceSourceLabels[row.source as AttendanceSource],
  },
]

const peopleColumns = (words: Words): Column<PersonRow>[] => [
  ...personColumns<PersonRow>(words),
  { key: 'nombre', label: 'Présences', kind: 'number', sortable: true, value: (row) => row.presences },
  {
    key: 'derniere',
    label: 'Dernière activité',
    weight: 'wide',
    value: (row) => row.title,
    render: (row) => <Link href={activityHref(row.activityId)}>{row.title}</Link>,
  },
  day('Dernière venue'),
]

/** The cycle and what was followed come first: the rest of the person is in the export. */
const parcoursColumns = (words: Words): Column<ParcoursRow>[] => [
  ...personColumns<ParcoursRow>(words).map((column) =>
    ['fonction', 'departement'].includes(column.key) ? { ...column, shown: false } : column,
  ),
  {
    key: 'cycle',
    label: 'Cycle',
    value: (row) => wordOf(words, 'serie', row.serie),
    render: (row) => <Link href={`/bureau/series/${row.serie}/assiduite`}>{wordOf(words, 'serie', row.serie)}</Link>,
  },
  { key: 'nombre', label: 'Activités suivies', kind: 'number', sortable: true, value: (row) => row.attended },
  { key: 'tenues', label: 'Tenues', kind: 'number', value: (row) => row.held },
  { key: 'assiduite', label: 'Assiduité', kind: 'percent', value: (row) => row.attended / row.held },
]

/** What one reads of the rows behind a figure, on screen and in its export. */
export function rowColumns(rowKind: string, words: Words, unit: string): Column<AnyRow>[] {
  const columns: Column<never>[] =
    rowKind === 'activity'
      ? activityColumns(words, unit)
      : rowKind === 'presence'
        ? presenceColumns(words)
        : rowKind === 'parcours'
          ? parcoursColumns(words)
          : peopleColumns(words)
  return columns as unknown as Column<AnyRow>[]
}
