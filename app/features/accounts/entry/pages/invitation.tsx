import { data, useRouteLoaderData } from 'react-router'
import { requestContext } from '#app/platform/request-context.server.ts'
import { ChoosePasswordPage } from '../choose-password-page.tsx'
import { answerChoice } from '../choose-password-action.server.ts'
import { passwordLinkOwner } from '../choose-password.server.ts'
import type { Route } from './+types/invitation'

const GONE =
  'Cette invitation a déjà servi, ou son délai de 7 jours est passé. Demandez à l’administration du centre de la renvoyer.'

export async function loader({ context, params }: Route.LoaderArgs) {
  const owner = await passwordLinkOwner(context.get(requestContext), 'invitation', params.token)
  if (!owner) throw data(GONE, { status: 410 })
  return owner
}

export const action = ({ request, context, params }: Route.ActionArgs) =>
  answerChoice({ request, context, purpose: 'invitation', token: params.token, gone: GONE })

export default function Invitation({ loaderData: { givenName, email }, actionData }: Route.ComponentProps) {
  const centre = useRouteLoaderData<{ name: string }>('root')
  return (
    <ChoosePasswordPage
      title={`Bienvenue, ${givenName}`}
      lead={`Choisissez un mot de passe : avec ${email}, il ouvre l’espace de travail de ${centre?.name ?? 'Maillage'}.`}
      email={email}
      confirm="Ouvrir mon compte"
      errors={actionData?.errors}
    />
  )
}
