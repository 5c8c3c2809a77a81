import { data, Form, redirect } from 'react-router'
import { z } from 'zod'
import { fields, parseForm } from '#app/platform/forms.server.ts'
import { requestContext, webRequest } from '#app/platform/request-context.server.ts'
import { safePath, tooMany } from '#app/platform/web.server.ts'
import { Fr } from '#app/ui/fr.tsx'
import { ErrorSummary, FormActions } from '#app/ui/form-layout.tsx'
import { TextField } from '#app/ui/inputs.tsx'
import { Link } from '#app/ui/link.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { readStepCookie } from '../../cookies.server.ts'
import { PasskeyButton, PasskeyScript } from '../../passkeys/passkey-button.tsx'
import { aroundOf } from '../around.server.ts'
import { insideCookies } from '../enter.server.ts'
import { awaitedStep, takeSecondStep } from '../second-step.server.ts'
import type { Route } from './+types/second-step'

export async function loader({ request, context, url }: Route.LoaderArgs) {
  const [ctx, { nonce }] = [context.get(requestContext), context.get(webRequest)]
  const next = safePath(url.searchParams.get('suite'), '/bureau')
  const awaited = await awaitedStep(ctx, readStepCookie(ctx, 'etape', request.headers.get('cookie')))
  if (!awaited) throw redirect(`/connexion?suite=${encodeURIComponent(next)}`)
  const { totp, passkeys } = awaited
  return { next, nonce, totp, passkey: passkeys > 0 }
}

const input = () => z.object({ code: fields.line(40, 'Donnez un code.') })
const WRONG = 'Ce code n’est pas le bon, ou il a déjà servi. Attendez le suivant, ou prenez un code de secours.'
const MANY = 'Trop d’essais en peu de temps. Réessayez dans un quart d’heure.'

export async function action({ request, context, url }: Route.ActionArgs) {
  const ctx = context.get(requestContext)
  const next = safePath(url.searchParams.get('suite'), '/bureau')
  const form = await parseForm(request, input())
  if (!form.ok) return data({ errors: form.error.errors }, { status: 400 })
  const step = readStepCookie(ctx, 'etape', request.headers.get('cookie'))
  const taken = await takeSecondStep(ctx, { ...form.value, step, ...aroundOf(request, context) })
  if (taken.ok) return redirect(next, { headers: insideCookies(ctx, taken.value) })
  switch (taken.error.type) {
    case 'step-over':
      return redirect(`/connexion?trop-tard&suite=${encodeURIComponent(next)}`)
    case 'too-many-tries':
      throw tooMany(MANY)
    case 'wrong-code':
      return data({ errors: { code: [WRONG] } as Record<string, string[]> }, { status: 401 })
    default:
      return taken.error satisfies never
  }
}

export default function SecondStep({ loaderData, actionData }: Route.ComponentProps) {
  const { next, nonce, totp, passkey } = loaderData
  return (
    <div className="stack">
      <title>Vérification</title>
      <h1>Vérification</h1>
      <p className="lead">
        <Fr>
          {totp
            ? 'Ouvrez l’application de codes de votre téléphone et recopiez le code à six chiffres.'
            : 'Utilisez votre clé d’accès, ou un code de secours.'}
        </Fr>
      </p>
      <ErrorSummary errors={actionData?.errors} labels={{ code: 'Code' }} />
      {passkey && (
        <>
          <PasskeyButton purpose="etape" label="Utiliser une clé d’accès" next={next} />
          <PasskeyScript nonce={nonce} />
        </>
      )}
      <Form method="post" className="stack">
        <TextField
          name="code"
          label={totp ? 'Code' : 'Code de secours'}
          hint={totp ? <Fr>Téléphone perdu ? Un code de secours convient aussi.</Fr> : undefined}
          errors={actionData?.errors.code}
          autoComplete="one-time-code"
          inputMode={totp ? undefined : 'text'}
          width="medium"
          required
        />
        <FormActions>
          <SubmitButton>Continuer</SubmitButton>
        </FormActions>
      </Form>
      <p className="small soft">
        <Fr>Ni téléphone ni code de secours ? L’administration du centre peut remettre votre accès à zéro.</Fr>{' '}
        <Link href="/connexion">Revenir à la connexion</Link>
      </p>
    </div>
  )
}
