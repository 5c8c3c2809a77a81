import { StateTag } from '#app/ui/content.tsx'
import { formatDate, formatPercent } from '#app/ui/french.ts'
import { Link } from '#app/ui/link.tsx'
import type { Column } from '#app/ui/table.ts'
import { attendanceStatusLabels } from '../labels.ts'
import type { FollowerLine } from './assiduity-list.server.ts'
import { formatDuration } from './duration.ts'
import type { StepLine } from './read-series.server.ts'

type Mark = FollowerLine['marks'][string] | undefined

const dayOf = ({ startsAt }: StepLine) => (startsAt ? formatDate(startsAt, 'day-month') : 'sans date')

/** In words, for exports and for who does not see the dots. */
function markWords(mark: Mark, held: boolean): string {
  if (mark === 'registered') return held ? 'À pointer' : 'Inscrit·e'
  return mark ? attendanceStatusLabels[mark] : 'Pas inscrit·e'
}

/** One dot an activity, in the order of the days. */
const Dots = ({ row, steps }: { row: FollowerLine; steps: readonly StepLine[] }) => (
  <span className="dots" role="img" aria-label={steps.map((step) => wordsOf(row, step)).join(', ')}>
    {steps.map((step) => (
      <i key={step.id} className={`dot ${row.marks[step.id] ?? 'none'}`} title={wordsOf(row, step)} />
    ))}
  </span>
)

const wordsOf = (row: FollowerLine, step: StepLine) =>
  `${dayOf(step)} : ${markWords(row.marks[step.id], step.held).toLowerCase()}`

/** The table of assiduity: one dot an activity on screen, one column an activity in exports. */
export const assiduityColumns = (steps: readonly StepLine[], requiredShare: number | null): Column<FollowerLine>[] => [
  {
    key: 'personne',
    label: 'Personne',
    sortable: true,
    weight: 'main',
    value: ({ fullName }) => fullName,
    render: ({ personId, fullName, function: work }) => (
      <>
        <Link href={`/bureau/personnes/${personId}`}>{fullName}</Link>
        {work && <span className="small soft block">{work}</span>}
      </>
    ),
  },
  { key: 'fonction', label: 'Fonction', shown: false, value: (row) => row.function },
  {
    key: 'organisation',
    label: 'Organisation',
    weight: 'wide',
    sortable: true,
    value: ({ organisation }) => organisation,
  },
  {
    key: 'activites',
    label: 'Activités',
    exported: false,
    value: () => null,
    render: (row) => <Dots row={row} steps={steps} />,
  },
  ...steps.map(
    (step, rank): Column<FollowerLine> => ({
      key: `activite-${rank + 1}`,
      label: `${step.startsAt ? formatDate(step.startsAt, 'numeric') : 'Sans date'} ${step.title}`,
      shown: false,
      value: (row) => markWords(row.marks[step.id], step.held),
    }),
  ),
  { key: 'suivies', label: 'Suivies', align: 'end', value: (row) => `${row.attended} sur ${row.held}` },
  {
    key: 'assiduite',
    label: 'Assiduité',
    kind: 'percent',
    sortable: true,
    value: ({ share, held }) => (held === 0 ? null : share),
    render: ({ share, held }) => (held === 0 ? null : formatPercent(share)),
  },
  {
    key: 'heures',
    label: 'Heures suivies',
    align: 'end',
    sortable: true,
    value: ({ minutes }) => Math.round((minutes / 60) * 100) / 100,
    render: ({ minutes }) => formatDuration(minutes),
  },
  ...(requiredShare === null
    ? []
    : [
        {
          key: 'seuil',
          label: `Seuil de ${requiredShare} %`,
          value: ({ reached }: FollowerLine) => (reached ? 'Atteint' : 'Pas encore'),
          render: ({ reached }: FollowerLine) =>
            reached ? <StateTag tone="good">Atteint</StateTag> : <span className="soft">pas encore</span>,
        },
      ]),
]
