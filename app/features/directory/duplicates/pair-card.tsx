import { Form } from 'react-router'
import { StateTag } from '#app/ui/content.tsx'
import { Link } from '#app/ui/link.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import type { Pair } from './pairs.server.ts'
import { places } from './places.ts'
import { type Entity, likelihoodOf, reasonLabel } from './rules.ts'
import type { Side } from './sides.server.ts'

/** Two records and what is done of them. */
export function PairCard({ entity, pair, apart }: { entity: Entity; pair: Pair; apart: boolean }) {
  const { score, reasons, sides } = pair
  const [one, other] = sides
  const { label, tone } = likelihoodOf(score)
  const { path } = places[entity]
  return (
    <li>
      <Form method="post" className="pair" data-pair preventScrollReset>
        <input type="hidden" name="one" value={one.id} />
        <input type="hidden" name="other" value={other.id} />
        <p className="row">
          {score > 0 && <StateTag tone={tone}>{label}</StateTag>}
          <span className="small">{reasons.map((code) => reasonLabel(entity, code)).join(', ')}</span>
          {score > 0 && <span className="small soft end">{score} sur 100</span>}
        </p>
        <fieldset className="pair-sides">
          <legend className="sr">{`Fiche à garder, de ${one.name} ou ${other.name}`}</legend>
          {sides.map((side, i) => (
            <SideBox key={side.id} side={side} path={path} chosen={i === 0} choice={!apart} />
          ))}
        </fieldset>
        <p className="row">
          {apart ? (
            <SubmitButton look="quiet" small name="intent" value="again">
              Proposer de nouveau
            </SubmitButton>
          ) : (
            <>
              <SubmitButton small name="intent" value="merge" pendingLabel="Fusion…">
                Fusionner
              </SubmitButton>
              <SubmitButton look="quiet" small name="intent" value="apart">
                Ce ne sont pas les mêmes
              </SubmitButton>
              <Link href={`${path}/${one.id}/fusionner?avec=${other.id}`}>Choisir champ par champ</Link>
            </>
          )}
        </p>
      </Form>
    </li>
  )
}

const SideBox = ({ side, path, chosen, choice }: { side: Side; path: string; chosen: boolean; choice: boolean }) => (
  <div className="pair-side">
    <p>
      {choice ? (
        <label>
          <input type="radio" name="kept" value={side.id} defaultChecked={chosen} /> <strong>{side.name}</strong>
        </label>
      ) : (
        <strong>{side.name}</strong>
      )}
    </p>
    <dl className="small">
      {side.facts.map(({ label, value }) => (
        <div key={label}>
          <dt className="soft">{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
    <p className="small">
      <Link href={`${path}/${side.id}`} aria-label={`Ouvrir la fiche de ${side.name}`}>
        Ouvrir la fiche
      </Link>
    </p>
  </div>
)
