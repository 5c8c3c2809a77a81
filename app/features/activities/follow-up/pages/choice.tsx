import { data, redirect } from 'react-router'
import { readForm } from '#app/platform/forms.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { Notice } from '#app/ui/feedback.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { linkRefusal, privateHeaders } from '../../registration/link-refusal.server.ts'
import { chooseFollowUp, followUpChoice } from '../refusal.server.ts'
import type { Route } from './+types/choice'

export const headers = () => privateHeaders

export async function loader({ context, params }: Route.LoaderArgs) {
  const choice = await followUpChoice(context.get(requestContext), params.token)
  if (!choice.ok) throw linkRefusal(choice.error)
  return choice.value
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const intent = (await readForm(request)).get('intent')
  if (intent !== 'refuse' && intent !== 'accept') throw data('Ce geste n’existe pas.', { status: 400 })
  const done = await chooseFollowUp(context.get(requestContext), params.token, intent === 'refuse')
  if (!done.ok) throw linkRefusal(done.error)
  return redirect(`/inscription/${params.token}/messages`, 303)
}

/** Whether one still wants messages once an activity is over. */
export default function Choice({ loaderData: { fullName, refused } }: Route.ComponentProps) {
  return (
    <div className="stack own">
      <title>Messages après les activités</title>
      <meta name="robots" content="noindex" />
      <p className="soft">
        <Fr>{fullName}</Fr>
      </p>
      <h1>Messages après les activités</h1>
      <p>
        Après une activité, le centre peut vous écrire : remerciements, documents, attestation. Les messages
        d’inscription et de rappel ne sont pas concernés.
      </p>
      {refused && <Notice tone="good">Vous ne recevrez plus de message après les activités.</Notice>}
      <form method="post">
        <input type="hidden" name="intent" value={refused ? 'accept' : 'refuse'} />
        <SubmitButton>{refused ? 'Recevoir de nouveau ces messages' : 'Ne plus recevoir ces messages'}</SubmitButton>
      </form>
    </div>
  )
}
