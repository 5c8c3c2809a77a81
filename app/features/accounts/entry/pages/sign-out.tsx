import { data, redirect } from 'react-router'
import { requestContext, webRequest } from '#app/platform/request-context.server.ts'
import { clearedCookie, cookieRules } from '../../cookies.server.ts'
import { closeSession } from '../../sessions.server.ts'
import type { Route } from './+types/sign-out'

/** An address that signs out when it is only visited could be slipped into any page. */
export const loader = () => {
  throw data('Pour vous déconnecter, utilisez le bouton de votre menu, dans le bureau.', {
    status: 405,
    headers: { allow: 'POST' },
  })
}

export async function action({ context }: Route.ActionArgs) {
  const ctx = context.get(requestContext)
  await closeSession(ctx.db, context.get(webRequest).sessionToken)
  return redirect('/connexion?deconnexion', { headers: { 'set-cookie': clearedCookie(cookieRules(ctx)) } })
}

export default function SignOut() {
  return null
}
