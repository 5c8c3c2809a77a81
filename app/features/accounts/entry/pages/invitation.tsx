import { data, useRouteLoaderData } from 'react-router'
import { formNotice } from '#app/platform/purposes.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { DataNotice } from '#app/ui/data-notice.tsx'
import { ChoosePasswordPage } from '../choose-password-page.tsx'
import { answerChoice } from '../choose-password-action.server.ts'
import { passwordLinkOwner } from '../choose-password.server.ts'
import type { Route } from './+types/invitation'

const GONE =
  'Cette invitation a déjà servi, ou son délai de 7 jours est passé. Demandez à l’administration du centre de la renvoyer.'

export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const owner = await passwordLinkOwner(ctx, 'invitation', params.token)
  if (!owner) throw data(GONE, { status: 410 })
  return { ...owner, notice: await formNotice(ctx.db, 'account') }
}

export const action = ({ request, context, params }: Route.ActionArgs) =>
  answerChoice({ request, context, purpose: 'invitation', token: params.token, gone: GONE })

export default function Invitation({ loaderData: { givenName, email, notice }, actionData }: Route.ComponentProps) {
  const centre = useRouteLoaderData<{ name: string }>('root')
  return (
    <div className="stack">
      <ChoosePasswordPage
        title={`Bienvenue, ${givenName}`}
        lead={`Choisissez un mot de passe : avec ${email}, il ouvre l’espace de travail de ${centre?.name ?? 'Maillage'}.`}
        email={email}
        confirm="Ouvrir mon compte"
        errors={actionData?.errors}
      />
      <DataNotice {...notice} />
    </div>
  )
}
