import { data, redirect } from 'react-router'
import { requestContext, webRequest } from '#app/platform/request-context.server.ts'
import { clearedCookie, cookieRules } from '../../cookies.server.ts'
import { closeSession } from '../../sessions.server.ts'
import { ByButton, Elsewhere } from '../../sso/elsewhere.tsx'
import { providerSignOut } from '../../sso/sign-out.server.ts'
import type { Route } from './+types/sign-out'

/** An address that signs out when it is only visited could be slipped into any page. Runs before the page of the action too. */
export const loader = () => data(null, { status: 405, headers: { allow: 'POST' } })

/** Who came by the identity provider leaves it too: on a shared computer the next person would enter by it. */
export async function action({ context }: Route.ActionArgs) {
  const [ctx, { sessionToken }] = [context.get(requestContext), context.get(webRequest)]
  const href = await providerSignOut(ctx, sessionToken)
  await closeSession(ctx.db, sessionToken)
  // a device that held a door forgets its list, with whatever else the browser kept of this house
  const headers = { 'set-cookie': clearedCookie(cookieRules(ctx)), 'clear-site-data': '"storage"' }
  if (!href) return redirect('/connexion?deconnexion', { headers })
  return data({ href, label: ctx.identityProvider!.label }, { status: 200, headers })
}

export default function SignOut({ actionData }: Route.ComponentProps) {
  if (!actionData) return <ByButton title="Déconnexion" sentence="Utilisez le bouton de votre menu, dans le bureau." />
  const { href, label } = actionData
  return (
    <Elsewhere title="Déconnexion" href={href} sentence={`Vous êtes déconnecté d’ici ; ${label} termine la sienne.`} />
  )
}
