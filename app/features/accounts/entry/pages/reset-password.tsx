import { data } from 'react-router'
import { requestContext } from '#app/platform/request-context.server.ts'
import { ChoosePasswordPage } from '../choose-password-page.tsx'
import { answerChoice } from '../choose-password-action.server.ts'
import { passwordLinkOwner } from '../choose-password.server.ts'
import { LINK_UNUSABLE } from '../enter.server.ts'
import type { Route } from './+types/reset-password'

export async function loader({ context, params }: Route.LoaderArgs) {
  const owner = await passwordLinkOwner(context.get(requestContext), 'password-reset', params.token)
  if (!owner) throw data(LINK_UNUSABLE, { status: 410 })
  return owner
}

export const action = ({ request, context, params }: Route.ActionArgs) =>
  answerChoice({ request, context, purpose: 'password-reset', token: params.token, gone: LINK_UNUSABLE })

export default function ResetPassword({ loaderData: { email }, actionData }: Route.ComponentProps) {
  return (
    <ChoosePasswordPage
      title="Nouveau mot de passe"
      lead={`Pour le compte ${email}. Vos autres appareils seront déconnectés.`}
      email={email}
      confirm="Changer le mot de passe"
      errors={actionData?.errors}
    />
  )
}
