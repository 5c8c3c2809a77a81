import { data, Form, redirect } from 'react-router'
import { z } from 'zod'
import { checkForm, fields, readForm } from '#app/platform/forms.server.ts'
import { requestContext, webRequest } from '#app/platform/request-context.server.ts'
import { safePath, tooMany } from '#app/platform/web.server.ts'
import { Notice } from '#app/ui/feedback.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { ErrorSummary } from '#app/ui/form-layout.tsx'
import { TextField } from '#app/ui/inputs.tsx'
import { Link } from '#app/ui/link.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { PasskeyButton, PasskeyScript } from '../../passkeys/passkey-button.tsx'
import { presentPassword } from '../../password-rules.ts'
import { hasAccount } from '../../set-up-link.server.ts'
import { IdentityButton } from '../../sso/identity-button.tsx'
import { askLink } from '../ask-link.server.ts'
import { aroundOf } from '../around.server.ts'
import { enter, withoutPasswords } from '../enter.server.ts'
import { signIn } from '../sign-in.server.ts'
import type { Route } from './+types/sign-in'

export async function loader({ context, url }: Route.LoaderArgs) {
  const [ctx, { nonce }] = [context.get(requestContext), context.get(webRequest)]
  const next = safePath(url.searchParams.get('suite'), '/bureau')
  if (ctx.actor.kind === 'user') throw redirect(next)
  return {
    next,
    nonce,
    provider: ctx.identityProvider?.label ?? null,
    ...whatHappened(url),
    isNew: !(await hasAccount(ctx.db)),
  }
}

/** `state`: back from the sign-out of the identity provider. */
const whatHappened = ({ searchParams }: URL) => ({
  signedOut: searchParams.has('deconnexion') || searchParams.has('state'),
  tooLate: searchParams.has('trop-tard'),
  toLink: searchParams.get('identite') === 'a-relier',
})

const byLink = () => z.object({ email: fields.email() })
const byPassword = () => z.object({ email: fields.email(), password: presentPassword() })

const WRONG = 'Cette adresse et ce mot de passe ne vont pas ensemble. Vérifiez les deux, ou recevez un lien.'
const ATTACKED =
  'Trop d’essais sur cette adresse en peu de temps. Recevez plutôt un lien : il ouvre le bureau sans mot de passe.'

export async function action({ request, context }: Route.ActionArgs) {
  const [ctx, around] = [context.get(requestContext), aroundOf(request, context)]
  const sent = await readForm(request)
  const next = safePath(sent.get('suite'), '/bureau')
  if (sent.get('intent') === 'link') return sendLink(ctx, sent, around.ip, next)
  const form = checkForm(sent, byPassword())
  if (!form.ok) return data({ ...withoutPasswords(form.error), sentTo: null }, { status: 400 })
  const entered = await signIn(ctx, { ...form.value, ...around })
  if (entered.ok) return enter(ctx, entered.value, next)
  const values = { email: form.value.email }
  switch (entered.error.type) {
    case 'too-many-tries':
      throw tooMany()
    case 'account-under-attack':
      return data({ errors: { '': [ATTACKED] }, values, sentTo: null }, { status: 429 })
    case 'wrong':
      return data({ errors: { '': [WRONG] }, values, sentTo: null }, { status: 401 })
    default:
      return entered.error satisfies never
  }
}

async function sendLink(ctx: Parameters<typeof askLink>[0], sent: FormData, ip: string, next: string) {
  const form = checkForm(sent, byLink())
  if (!form.ok) return data({ ...withoutPasswords(form.error), sentTo: null }, { status: 400 })
  const asked = await askLink(ctx, { email: form.value.email, purpose: 'sign-in', ip, next })
  if (!asked.ok) throw tooMany()
  return data({ errors: {}, values: form.value, sentTo: form.value.email })
}

const labels = { email: 'Adresse électronique', password: 'Mot de passe' }

export default function SignIn({ loaderData, actionData }: Route.ComponentProps) {
  const { next, nonce, provider } = loaderData
  const errors: Record<string, string[] | undefined> = actionData?.errors ?? {}
  return (
    <div className="stack">
      <title>Connexion</title>
      <h1>Connexion</h1>
      {!actionData && <Happened {...loaderData} />}
      {actionData?.sentTo && <LinkSent to={actionData.sentTo} />}
      <ErrorSummary errors={actionData?.errors} labels={labels} />
      <Form method="post" className="stack">
        <input type="hidden" name="suite" value={next} />
        <TextField
          name="email"
          type="email"
          label={labels.email}
          defaultValue={String(actionData?.values.email ?? '')}
          errors={errors.email}
          autoComplete="username webauthn"
          required
        />
        <TextField
          name="password"
          type="password"
          label={labels.password}
          errors={errors.password}
          autoComplete="current-password"
        />
        <div className="form-actions row">
          <SubmitButton>Se connecter</SubmitButton>
          <SubmitButton look="quiet" name="intent" value="link">
            Recevoir un lien
          </SubmitButton>
        </div>
      </Form>
      <div className="row">
        {provider && <IdentityButton label={provider} next={next} purpose="sign-in" />}
        <PasskeyButton purpose="entrer" label="Utiliser une clé d’accès" next={next} />
      </div>
      <PasskeyScript nonce={nonce} />
      <p className="small soft">
        <Fr>Le lien arrive par courriel et ouvre le bureau sans mot de passe.</Fr>{' '}
        <Link href="/mot-de-passe">Mot de passe oublié</Link>
      </p>
    </div>
  )
}

const LinkSent = ({ to }: { to: string }) => (
  <Notice tone="good" title="Regardez votre courrier">
    <Fr>{`Si ${to} a un compte, un lien vient de lui être envoyé. Il sert une fois, dans les 15 minutes.`}</Fr>
  </Notice>
)

interface HappenedProps {
  signedOut: boolean
  tooLate: boolean
  toLink: boolean
  isNew: boolean
  provider: string | null
}

const Happened = ({ signedOut, tooLate, toLink, isNew, provider }: HappenedProps) => (
  <>
    {signedOut && <Notice tone="good">Vous êtes déconnecté.</Notice>}
    {tooLate && (
      <Notice tone="warn">
        <Fr>La vérification a trop attendu : recommencez.</Fr>
      </Notice>
    )}
    {toLink && provider && (
      <Notice title={`${provider} n’est pas encore relié à votre compte`}>
        <Fr>{`Entrez cette fois comme d’habitude, par mot de passe ou par lien, dans les dix minutes et sur cet appareil : ${provider} ouvrira ensuite votre compte.`}</Fr>
      </Notice>
    )}
    {isNew && (
      <Notice title="Aucun compte pour l’instant">
        <Fr>Ouvrez le lien d’installation que Maillage affiche à son démarrage : il crée le premier.</Fr>
      </Notice>
    )}
  </>
)
