import { StateTag } from '#app/ui/content.tsx'
import { Day, Fr } from '#app/ui/fr.tsx'
import { Link } from '#app/ui/link.tsx'
import type { Consent } from './consents.server.ts'
import { consentHowLabel, consentLabels, type ConsentPurpose } from './labels.ts'

interface Props {
  personHref: string
  current: Partial<Record<ConsentPurpose, Consent>>
  all: readonly Consent[]
  mayWrite: boolean
}

/** What counts today for each purpose, and under it every answer with its day, its way and its sentence. */
export const ConsentList = ({ personHref, current, all, mayWrite }: Props) => (
  <>
    <dl className="facts">
      {(Object.entries(consentLabels) as [ConsentPurpose, string][]).map(([purpose, label]) => (
        <div key={purpose}>
          <dt>{label}</dt>
          <dd>
            <Answer consent={current[purpose]} />{' '}
            {mayWrite && (
              <Link className="small" href={`${personHref}/consentements?objet=${purpose}`}>
                {current[purpose] ? 'Changer' : 'Enregistrer'} <span className="sr">la réponse : {label}</span>
              </Link>
            )}
          </dd>
        </div>
      ))}
    </dl>
    {all.length > 0 && (
      <details>
        <summary>Toutes les réponses</summary>
        <ul className="lines small">
          {all.map((one) => (
            <li key={one.id}>
              <strong>{consentLabels[one.purpose]}</strong> <Answer consent={one} />
              <br />
              <span className="soft">
                {consentHowLabel(one.how)}. <Fr>{`« ${one.wording} »`}</Fr>
              </span>
            </li>
          ))}
        </ul>
      </details>
    )}
  </>
)

const Answer = ({ consent }: { consent: Consent | undefined }) =>
  consent ? (
    <>
      <StateTag tone={consent.given ? 'good' : 'neutral'}>{consent.given ? 'Accepté' : 'Refusé'}</StateTag>{' '}
      <span className="small soft">
        <Day date={consent.at} style="numeric" />
      </span>
    </>
  ) : (
    <span className="soft">Pas de réponse</span>
  )
