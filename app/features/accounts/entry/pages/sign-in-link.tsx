import { data, Form } from 'react-router'
import { requestContext } from '#app/platform/request-context.server.ts'
import { safePath, tooMany } from '#app/platform/web.server.ts'
import { Fr } from '#app/ui/fr.tsx'
import { FormActions } from '#app/ui/form-layout.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { aroundOf } from '../around.server.ts'
import { enter, LINK_UNUSABLE } from '../enter.server.ts'
import { signInLinkOpens, enterByLink } from '../enter-by-link.server.ts'
import type { Route } from './+types/sign-in-link'

const gone = () => data(LINK_UNUSABLE, { status: 410 })

/** Only looks: what opens the links of a mail to check them must not use this one. */
export async function loader({ context, params }: Route.LoaderArgs) {
  if (!(await signInLinkOpens(context.get(requestContext), params.token))) throw gone()
  return null
}

export async function action({ request, context, params, url }: Route.ActionArgs) {
  const ctx = context.get(requestContext)
  const entered = await enterByLink(ctx, { token: params.token, ...aroundOf(request, context) })
  if (entered.ok) return enter(ctx, entered.value, safePath(url.searchParams.get('suite'), '/bureau'))
  switch (entered.error.type) {
    case 'too-many-tries':
      throw tooMany()
    case 'link-unusable':
      throw gone()
    default:
      return entered.error satisfies never
  }
}

export default function SignInLink() {
  return (
    <div className="stack">
      <title>Connexion par lien</title>
      <h1>Connexion par lien</h1>
      <p className="lead">
        <Fr>Ce lien est le vôtre et sert une fois. Il ouvre le bureau sur cet appareil.</Fr>
      </p>
      <Form method="post">
        <FormActions>
          <SubmitButton>Se connecter</SubmitButton>
        </FormActions>
      </Form>
    </div>
  )
}
