import { Section } from '#app/ui/content.tsx'
import { formatNumber } from '#app/ui/french.ts'
import { Link } from '#app/ui/link.tsx'
import type { Review, ReviewLine } from './review.server.ts'
import { minutesSaid } from './sentences.ts'
import { reasonLabels } from './words.ts'

interface SettledProps {
  groups: Record<'doubtful' | 'unknown' | 'people' | 'aside' | 'short', ReviewLine[]>
  base: string
  review: Review
  mayChange?: boolean
}

/** What needs no look: recognised for sure, set aside, too short. Each can be decided otherwise. */
export function SettledLines({ groups, base, review, mayChange = false }: SettledProps) {
  const change = mayChange ? `${base}/connexions/${review.id}?changer=` : null
  return (
    <>
      <Lines title="Reconnues" lines={groups.people} change={change} open />
      <Lines title="Trop courtes, non comptées" lines={groups.short} change={change} />
      <Lines title="Mises de côté" lines={groups.aside} change={change} />
      {!mayChange && <Lines title="Non identifiées" lines={[...groups.unknown, ...groups.doubtful]} change={null} />}
    </>
  )
}

interface LinesProps {
  title: string
  lines: ReviewLine[]
  change: string | null
  open?: boolean
}

function Lines({ title, lines, change, open = false }: LinesProps) {
  if (lines.length === 0) return null
  return (
    <Section title={`${title} (${formatNumber(lines.length)})`}>
      <details open={open && lines.length <= 12}>
        <summary>Voir {lines.length === 1 ? 'la connexion' : 'les connexions'}</summary>
        <table className="stacked">
          <caption className="sr">{title}</caption>
          <thead>
            <tr>
              <th scope="col">Nom affiché</th>
              <th scope="col">Personne</th>
              <th scope="col" className="n">
                Connexion
              </th>
              {change && <th scope="col">Décision</th>}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.id}>
                <th scope="row" className="main">
                  {line.name ?? <span className="soft">Nom effacé</span>}
                  {line.email && <span className="small soft block">{line.email}</span>}
                </th>
                <td>
                  <Who line={line} />
                </td>
                <td className="n">{minutesSaid(line.minutes)}</td>
                {change && (
                  <td>
                    <Link href={`${change}${line.id}#d-${line.id}`} aria-label={`Changer la décision sur ${line.name}`}>
                      Changer
                    </Link>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </Section>
  )
}

function Who({ line: { person, byHand, candidates, host } }: { line: ReviewLine }) {
  if (!person) return host ? <span className="soft">Anime la réunion</span> : null
  const why = candidates.find(({ personId }) => personId === person.id)
  const reasons = byHand ? 'décidé à la main' : (why?.reasons.map((reason) => reasonLabels[reason]).join(', ') ?? '')
  return (
    <>
      <Link href={`/bureau/personnes/${person.id}`}>{person.name}</Link>
      {reasons && <span className="small soft block">{reasons}</span>}
    </>
  )
}
