import { formatDate } from '#app/ui/french.ts'
import { Link } from '#app/ui/link.tsx'
import type { mergeChoice } from './merge-choice.server.ts'

type Side = NonNullable<Awaited<ReturnType<typeof mergeChoice>>>['one']

const lines: { label: string; of: (side: Side) => string }[] = [
  { label: 'Adresse électronique', of: ({ person }) => person.email ?? '' },
  { label: 'Téléphone', of: ({ person }) => person.phone ?? '' },
  { label: 'Département', of: ({ person }) => person.departement ?? '' },
  { label: 'Situations', of: ({ situations }) => situations.join(' · ') },
  { label: 'Réponses aux consentements', of: ({ consents }) => (consents > 0 ? String(consents) : '') },
  { label: 'Ajoutée le', of: ({ person }) => formatDate(person.addedOn) },
]

/** Two records side by side, as they are. */
export const MergeTable = ({ sides }: { sides: readonly [Side, Side] }) => (
  <div className="table-box" role="region" aria-label="Les deux fiches" tabIndex={0}>
    <table>
      <caption className="sr">Les deux fiches</caption>
      <thead>
        <tr>
          <td />
          {sides.map(({ person }) => (
            <th key={person.id} scope="col">
              <Link href={`/bureau/personnes/${person.id}`}>{person.fullName}</Link>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map(({ label, of }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            {sides.map((side) => (
              <td key={side.person.id}>{of(side) || <span className="soft">–</span>}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)
