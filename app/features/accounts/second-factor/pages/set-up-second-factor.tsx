import { data, Form, redirect } from 'react-router'
import { z } from 'zod'
import { checkForm, fields, readForm } from '#app/platform/forms.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { badRequest, tooMany } from '#app/platform/web.server.ts'
import { Button } from '#app/ui/button.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { ErrorSummary, FormActions } from '#app/ui/form-layout.tsx'
import { TextField } from '#app/ui/inputs.tsx'
import { Link } from '#app/ui/link.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { cookieRules, sessionCookie } from '../../cookies.server.ts'
import { askProof } from '../../own/ask-proof.server.ts'
import { beginTotp, confirmTotp, ownFactors } from '../own-factor.server.ts'
import { RecoveryCodes } from '../recovery-codes.tsx'
import type { Route } from './+types/set-up-second-factor'

const HERE = '/connexion/double-authentification'

export async function loader({ context }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const factors = await ownFactors(ctx)
  if (!factors) throw redirect(`/connexion?suite=${encodeURIComponent(HERE)}`)
  const confined = ctx.actor.kind === 'user' && ctx.actor.confined === true
  return { ...factors, confined }
}

export async function action({ request, context }: Route.ActionArgs) {
  const ctx = context.get(requestContext)
  const sent = await readForm(request)
  switch (sent.get('intent')) {
    case 'begin':
      return begin(ctx)
    case 'confirm':
      return confirm(ctx, sent)
    default:
      throw badRequest('Cette action n’existe pas.')
  }
}

async function begin(ctx: AppContext) {
  const begun = await beginTotp(ctx)
  if (begun.ok) return redirect(HERE)
  switch (begun.error.type) {
    case 'not-allowed':
      return redirect('/connexion')
    case 'proof-needed':
      throw askProof(HERE)
    case 'already-set':
      return redirect('/bureau/mon-compte/securite')
    default:
      return begun.error satisfies never
  }
}

const WRONG =
  'Ce code n’est pas le bon. Vérifiez l’heure du téléphone (réglage automatique), puis recopiez le code affiché.'

async function confirm(ctx: AppContext, sent: FormData) {
  const form = checkForm(sent, z.object({ code: fields.line(20, 'Donnez le code affiché par le téléphone.') }))
  if (!form.ok) return data({ errors: form.error.errors, codes: null }, { status: 400 })
  const confirmed = await confirmTotp(ctx, form.value)
  if (confirmed.ok) {
    const { codes, session } = confirmed.value
    const headers = session ? { 'set-cookie': sessionCookie(session, cookieRules(ctx)) } : undefined
    return data({ errors: {}, codes }, { headers })
  }
  switch (confirmed.error.type) {
    case 'not-allowed':
      return redirect('/connexion')
    case 'proof-needed':
      throw askProof(HERE)
    case 'too-many-tries':
      throw tooMany('Trop d’essais en peu de temps. Réessayez dans un quart d’heure.')
    case 'wrong-code':
      return data({ errors: { code: [WRONG] }, codes: null }, { status: 400 })
    default:
      return confirmed.error satisfies never
  }
}

export default function SetUpSecondFactor({ loaderData, actionData }: Route.ComponentProps) {
  const { toScan, totp, asked, confined, heldBack } = loaderData
  const errors: Record<string, string[] | undefined> = actionData?.errors ?? {}
  return (
    <div className="stack">
      <title>Double authentification</title>
      <h1>Double authentification</h1>
      {actionData?.codes ? (
        <RecoveryCodes codes={actionData.codes} />
      ) : heldBack ? (
        <HeldBack />
      ) : totp ? (
        <AlreadySet />
      ) : toScan ? (
        <Scan {...toScan} errors={errors} />
      ) : (
        <Begin asked={asked && confined} />
      )}
    </div>
  )
}

const Begin = ({ asked }: { asked: boolean }) => (
  <>
    <p className="lead">
      <Fr>
        {asked
          ? 'Votre rôle demande une deuxième preuve en plus du mot de passe. Mettez-la en place pour entrer dans le bureau : deux minutes suffisent.'
          : 'Après le mot de passe, un code de votre téléphone : un mot de passe volé ne suffit plus pour entrer.'}
      </Fr>
    </p>
    <p>
      <Fr>
        Il faut une application de codes sur votre téléphone : FreeOTP, Aegis, 2FAS, Google Authenticator, Microsoft
        Authenticator… Toutes conviennent.
      </Fr>
    </p>
    <Form method="post">
      <FormActions>
        <SubmitButton name="intent" value="begin">
          Commencer
        </SubmitButton>
      </FormActions>
    </Form>
    <p>
      <Link href="/connexion/cle">Plutôt une clé d’accès</Link>
      {!asked && (
        <>
          {' · '}
          <Link href="/bureau/mon-compte/securite">Revenir à la sécurité du compte</Link>
        </>
      )}
    </p>
  </>
)

interface ScanProps {
  secret: string
  picture: string
  uri: string
  errors: Record<string, string[] | undefined>
}

const Scan = ({ secret, picture, uri, errors }: ScanProps) => (
  <>
    <ErrorSummary errors={errors} labels={{ code: 'Code affiché par le téléphone' }} />
    <ol className="stack">
      <li>
        <Fr>Dans l’application de codes, ajoutez un compte et visez ce dessin :</Fr>
        <p>
          <img
            src={picture}
            alt="Code QR à viser avec l’application de codes ; la clé en toutes lettres est dessous."
            width={220}
            height={220}
            style={{ background: 'white', borderRadius: '4px' }}
          />
        </p>
        <p>
          <Fr>Ou tapez cette clé :</Fr> <code>{secret}</code>
          <br />
          <a href={uri}>Ou ouvrez-la sur ce téléphone</a>
        </p>
      </li>
      <li>
        <Form method="post" className="stack">
          <TextField
            name="code"
            label="Code affiché par le téléphone"
            hint="Six chiffres, qui changent toutes les trente secondes."
            errors={errors.code}
            autoComplete="one-time-code"
            inputMode="numeric"
            width="short"
            required
          />
          <FormActions>
            <SubmitButton name="intent" value="confirm">
              Mettre en place
            </SubmitButton>
          </FormActions>
        </Form>
      </li>
    </ol>
    <p className="small soft">
      <Fr>Vos autres appareils seront déconnectés.</Fr>
    </p>
  </>
)

const AlreadySet = () => (
  <>
    <p className="lead">
      <Fr>Elle est en place : un code de votre téléphone est demandé après le mot de passe.</Fr>
    </p>
    <p>
      <Link href="/bureau/mon-compte/securite">Sécurité du compte</Link>
    </p>
  </>
)

const HeldBack = () => (
  <>
    <p className="lead">
      <Fr>
        Votre rôle demande maintenant deux preuves, et cette session a été ouverte avec une seule. Reconnectez-vous :
        votre clé d’accès ou votre code sera demandé.
      </Fr>
    </p>
    <form method="post" action="/deconnexion">
      <Button type="submit" look="primary">
        Me reconnecter
      </Button>
    </form>
  </>
)
