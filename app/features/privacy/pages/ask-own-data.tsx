import { data, redirect } from 'react-router'
import { linkRefusal, ownPerson, privateHeaders } from '#app/features/activities/index.server.ts'
import { formNotice } from '#app/platform/purposes.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { DataNotice } from '#app/ui/data-notice.tsx'
import { Notice } from '#app/ui/feedback.tsx'
import { ErrorSummary, FormActions } from '#app/ui/form-layout.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { Link } from '#app/ui/link.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { askOwnData } from '../own/own-data.server.ts'
import type { Route } from './+types/ask-own-data'

export const headers = () => privateHeaders

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const own = await ownPerson(ctx, params.token)
  if (!own.ok) throw linkRefusal(own.error)
  return {
    token: params.token,
    hasAddress: own.value.email !== null,
    sent: url.searchParams.has('envoi'),
    notice: await formNotice(ctx.db, 'own'),
  }
}

export async function action({ context, params }: Route.ActionArgs) {
  const asked = await askOwnData(context.get(requestContext), params.token)
  if (asked.ok) return redirect(`/inscription/${params.token}/donnees?envoi`, 303)
  switch (asked.error.type) {
    case 'forged':
    case 'expired':
      throw linkRefusal(asked.error)
    case 'no-address':
      return data(
        { errors: { '': ['Nous n’avons pas d’adresse à laquelle vous écrire : adressez-vous au centre.'] } },
        409,
      )
    case 'too-many':
      return data(
        {
          errors: { '': ['Plusieurs messages viennent de partir. Regardez votre boîte, ou réessayez dans une heure.'] },
        },
        429,
      )
    default:
      return asked.error satisfies never
  }
}

export default function AskOwnData({ loaderData, actionData }: Route.ComponentProps) {
  const { token, hasAddress, sent, notice } = loaderData
  return (
    <div className="stack own">
      <title>Mes données</title>
      <meta name="robots" content="noindex" />
      <h1>Mes données</h1>
      {sent && !actionData && (
        <Notice tone="good" title="Un message vient de partir">
          <p>Il porte un lien vers vos données, bon pendant une heure.</p>
        </Notice>
      )}
      <ErrorSummary errors={actionData?.errors} />
      <p>
        <Fr>
          Vous pouvez lire tout ce que nous gardons de vous, en prendre une copie, demander une correction ou un
          effacement. Pour être sûrs que c’est bien vous, nous vous envoyons d’abord un lien à l’adresse que nous
          connaissons.
        </Fr>
      </p>
      {hasAddress ? (
        <form method="post">
          <FormActions>
            <SubmitButton>M’envoyer le lien</SubmitButton>
          </FormActions>
        </form>
      ) : (
        <p>Nous n’avons pas d’adresse à laquelle vous écrire : adressez-vous au centre.</p>
      )}
      <DataNotice {...notice} />
      <p>
        <Link href={`/inscription/${token}`}>Revenir à mon inscription</Link>
      </p>
    </div>
  )
}
