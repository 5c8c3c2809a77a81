import { Notice } from '#app/ui/feedback.tsx'
import { nb } from '#app/ui/french.ts'
import { Link } from '#app/ui/link.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import type { Twin } from './duplicates.server.ts'

const reasons: Record<Twin['why'], string> = {
  email: 'même adresse électronique',
  phone: 'même téléphone',
  name: 'nom très proche',
  acronym: 'même sigle',
}

/** Who looks like the record being added; inside its form, so that « continuer quand même » sends the rest along. */
export function TwinsNotice({
  twins,
  path,
}: {
  twins: readonly Twin[]
  path: '/bureau/personnes' | '/bureau/organisations'
}) {
  if (twins.length === 0) return null
  return (
    <div tabIndex={-1} ref={(box) => box?.focus()} id="ressemblances">
      <Notice tone="warn" title={nb(twins.length === 1 ? 'Est-ce la même fiche ?' : 'Est-ce une de ces fiches ?')}>
        <ul>
          {twins.map(({ id, label, detail, why }) => (
            <li key={id}>
              <Link href={`${path}/${id}`}>{label}</Link>
              {detail && <> · {detail}</>} <span className="small soft">({reasons[why]})</span>
            </li>
          ))}
        </ul>
        <p className="row">
          <SubmitButton look="quiet" name="confirmed" value="oui">
            Continuer quand même
          </SubmitButton>
        </p>
      </Notice>
    </div>
  )
}
