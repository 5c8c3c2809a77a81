import { data } from 'react-router'
import { readForm } from '#app/platform/forms.server.ts'
import { requestContext, webRequest } from '#app/platform/request-context.server.ts'
import { badRequest, notFound, safePath, tooMany } from '#app/platform/web.server.ts'
import { stepCookie } from '../../cookies.server.ts'
import { askProof } from '../../own/ask-proof.server.ts'
import { beginJourney } from '../begin.server.ts'
import { ByButton, Elsewhere } from '../elsewhere.tsx'
import type { Route } from './+types/identity'

/** Runs before the page of the action too, so that it only tells; a visit begins nothing. */
export const loader = () => data(null, { status: 405, headers: { allow: 'POST' } })

export async function action({ request, context }: Route.ActionArgs) {
  const [ctx, { ip }] = [context.get(requestContext), context.get(webRequest)]
  const sent = await readForm(request)
  const [next, purpose] = [safePath(sent.get('suite'), '/bureau'), sent.get('pour')]
  if (purpose !== 'sign-in' && purpose !== 'link') throw badRequest('Cette action n’existe pas.')
  const begun = await beginJourney(ctx, { ip, next, purpose })
  if (begun.ok) {
    const { href, token } = begun.value
    const headers = { 'set-cookie': stepCookie(ctx, 'identite', token) }
    return data({ href, label: ctx.identityProvider!.label }, { status: 200, headers })
  }
  switch (begun.error.type) {
    case 'no-provider':
      throw notFound()
    case 'too-many-tries':
      throw tooMany()
    case 'provider-unreachable':
      throw data(
        'Le service d’identification ne répond pas. Réessayez dans un instant, ou entrez par votre mot de passe.',
        {
          status: 503,
        },
      )
    case 'proof-needed':
      throw askProof(next)
    default:
      return begun.error satisfies never
  }
}

export default function IdentityPage({ actionData }: Route.ComponentProps) {
  if (!actionData) return <ByButton title="Identification" sentence="Utilisez le bouton de la page de connexion." />
  const { href, label } = actionData
  return <Elsewhere title={label} href={href} sentence={`${label} s’ouvre pour vous identifier.`} />
}
