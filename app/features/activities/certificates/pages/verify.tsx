import { data } from 'react-router'
import { withinLimit } from '#app/platform/rate-limit.server.ts'
import { requestContext, webRequest } from '#app/platform/request-context.server.ts'
import { readCentre } from '#app/platform/settings.server.ts'
import { notFound, tooMany } from '#app/platform/web.server.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { DescriptionList } from '#app/ui/content.tsx'
import { Notice } from '#app/ui/feedback.tsx'
import { Day, Fr } from '#app/ui/fr.tsx'
import { formatDate } from '#app/ui/french.ts'
import { factsOf } from '../document.server.ts'
import { verifyLimit } from '../limits.ts'
import { verify } from '../queries.server.ts'
import { newerSentence, revocationSentences } from '../words.ts'
import type { Route } from './+types/verify'

export const headers = () => ({ 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex' })

export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  if (!(await withinLimit(ctx, verifyLimit, context.get(webRequest).ip))) throw tooMany()
  const verdict = await verify(ctx.db, params.code)
  if (verdict.state === 'unknown')
    throw notFound('Aucune attestation ne porte ce code. Vérifiez-le signe par signe : il n’a ni 0, ni O, ni 1, ni I.')
  if (verdict.state === 'revoked') return data({ verdict: { ...verdict, said: revocationSentences[verdict.reason] } })
  const { code, holder, kind, issuedAt, facts } = verdict.certificate
  const shown = { code, holder, kind, issuedAt, subject: facts.subject, facts: factsOf(verdict.certificate) }
  return data({ verdict: { state: 'good' as const, ...shown, centre: (await readCentre(ctx.db)).name } })
}

/** What a code says of the paper one holds. */
export default function Verify({ loaderData: { verdict } }: Route.ComponentProps) {
  return (
    <div className="wrap narrow stack space">
      <title>{`Attestation ${verdict.code}`}</title>
      <meta name="robots" content="noindex" />
      <h1>Vérification d’une attestation</h1>
      <p className="lead">
        Code <strong>{verdict.code}</strong>
      </p>
      {verdict.state === 'good' ? <Good {...verdict} /> : <Revoked {...verdict} />}
      <p>
        <LinkButton href="/attestations">Vérifier une autre attestation</LinkButton>
      </p>
    </div>
  )
}

type Shown = Extract<Route.ComponentProps['loaderData']['verdict'], { state: 'good' }>
type Gone = Extract<Route.ComponentProps['loaderData']['verdict'], { state: 'revoked' }>

const Good = ({ holder, kind, subject, facts, issuedAt, centre }: Shown) => (
  <>
    <Notice tone="good" title="Cette attestation est authentique et valable.">
      <Fr>Comparez ce qui suit au document que vous avez reçu : tout doit être identique.</Fr>
    </Notice>
    <DescriptionList
      items={[
        { label: 'Au nom de', value: holder },
        { label: kind === 'series' ? 'Cycle de formation' : 'Activité', value: <Fr>{subject}</Fr> },
        ...facts.map(([label, value]) => ({ label, value })),
        { label: 'Établie par', value: centre },
        { label: 'Le', value: <Day date={issuedAt} style="long" /> },
      ]}
    />
  </>
)

const Revoked = ({ revokedAt, said, newer }: Gone) => (
  <Notice tone="bad" title={`Cette attestation n’est plus valable depuis le ${formatDate(revokedAt)}.`}>
    <p>
      <Fr>{said}</Fr>
    </p>
    {newer && <p>{newerSentence}</p>}
  </Notice>
)
