import { data, Form, redirect } from 'react-router'
import { z } from 'zod'
import { parseForm } from '#app/platform/forms.server.ts'
import { requestContext, webRequest } from '#app/platform/request-context.server.ts'
import { safePath, tooMany } from '#app/platform/web.server.ts'
import { Button } from '#app/ui/button.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { ErrorSummary, FormActions } from '#app/ui/form-layout.tsx'
import { TextField } from '#app/ui/inputs.tsx'
import { Link } from '#app/ui/link.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { cookieRules, sessionCookie } from '../../cookies.server.ts'
import { PasskeyButton, PasskeyScript } from '../../passkeys/passkey-button.tsx'
import { presentPassword } from '../../password-rules.ts'
import { prove, waysToProve } from '../prove.server.ts'
import type { Route } from './+types/confirm'

export async function loader({ context, url }: Route.LoaderArgs) {
  const [ctx, { nonce }] = [context.get(requestContext), context.get(webRequest)]
  const next = safePath(url.searchParams.get('suite'), '/bureau')
  const ways = await waysToProve(ctx)
  if (!ways) throw redirect(`/connexion?suite=${encodeURIComponent(next)}`)
  return { ...ways, next, nonce }
}

export async function action({ request, context, url }: Route.ActionArgs) {
  const ctx = context.get(requestContext)
  const next = safePath(url.searchParams.get('suite'), '/bureau')
  const form = await parseForm(request, z.object({ password: presentPassword() }))
  if (!form.ok) return data({ errors: form.error.errors }, { status: 400 })
  const proven = await prove(ctx, { secret: form.value.password })
  if (proven.ok)
    return redirect(next, { headers: { 'set-cookie': sessionCookie(proven.value.session, cookieRules(ctx)) } })
  switch (proven.error.type) {
    case 'not-allowed':
      return redirect(`/connexion?suite=${encodeURIComponent(next)}`)
    case 'too-many-tries':
      throw tooMany('Trop d’essais en peu de temps. Réessayez dans un quart d’heure.')
    case 'wrong':
      return data({ errors: { password: ['Ce n’est pas cela. Vérifiez, puis réessayez.'] } }, { status: 401 })
    default:
      return proven.error satisfies never
  }
}

export default function Confirm({ loaderData, actionData }: Route.ComponentProps) {
  const { password, code, passkey, email, next, nonce } = loaderData
  const errors: Record<string, string[] | undefined> = actionData?.errors ?? {}
  const label = password ? 'Mot de passe' : 'Code de votre téléphone'
  return (
    <div className="stack">
      <title>Confirmez que c’est vous</title>
      <h1>Confirmez que c’est vous</h1>
      <p className="lead">
        <Fr>
          Ce que vous allez faire touche aux accès. Il faut s’être identifié depuis moins d’un quart d’heure ; vous
          reviendrez ensuite où vous étiez.
        </Fr>
      </p>
      <ErrorSummary errors={actionData?.errors} labels={{ password: label }} />
      {passkey && (
        <>
          <PasskeyButton purpose="preuve" label="Utiliser une clé d’accès" next={next} />
          <PasskeyScript nonce={nonce} />
        </>
      )}
      {(password || code) && (
        <Form method="post" className="stack">
          <input type="email" name="email" value={email} autoComplete="username" readOnly hidden />
          <TextField
            name="password"
            type={password ? 'password' : 'text'}
            label={label}
            errors={errors.password}
            autoComplete={password ? 'current-password' : 'one-time-code'}
            width="medium"
            required
          />
          <FormActions>
            <SubmitButton>Confirmer</SubmitButton>
          </FormActions>
        </Form>
      )}
      {!password && !code && <Again passkey={passkey} />}
      <p className="small">
        <Link href="/bureau">Revenir au bureau</Link>
      </p>
    </div>
  )
}

/** Nothing to show here: signing in again is the proof. */
const Again = ({ passkey }: { passkey: boolean }) => (
  <form method="post" action="/deconnexion" className="stack">
    <p>
      <Fr>
        {passkey
          ? 'Sinon, reconnectez-vous comme d’habitude.'
          : 'Votre compte n’a pas de mot de passe : reconnectez-vous comme d’habitude, puis revenez ici.'}
      </Fr>
    </p>
    <div>
      <Button type="submit">Me déconnecter pour me reconnecter</Button>
    </div>
  </form>
)
