import { data, redirect } from 'react-router'
import { z } from 'zod'
import type { AppContext } from '#app/platform/context.ts'
import { checkForm, readForm } from '#app/platform/forms.server.ts'
import { requestContext, webRequest } from '#app/platform/request-context.server.ts'
import { badRequest, forbidden, idParam, notFound, tooMany } from '#app/platform/web.server.ts'
import { Section } from '#app/ui/content.tsx'
import { Notice } from '#app/ui/feedback.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { ErrorSummary } from '#app/ui/form-layout.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { cookieRules, sessionCookie } from '../../cookies.server.ts'
import { deviceOf } from '../../device.ts'
import { askLink } from '../../entry/ask-link.server.ts'
import { newPassword, presentPassword, TOO_COMMON } from '../../password-rules.ts'
import { ownPasskeys, removePasskey } from '../../passkeys/own-passkeys.server.ts'
import { ownFactors, removeTotp, renewRecoveryCodes } from '../../second-factor/own-factor.server.ts'
import { RecoveryCodes } from '../../second-factor/recovery-codes.tsx'
import { identityOf, unlinkIdentity } from '../../sso/manage-identity.server.ts'
import { AccountHead } from '../account-tabs.tsx'
import { askProof } from '../ask-proof.server.ts'
import { changePassword } from '../change-password.server.ts'
import { ownAccount } from '../own-sessions.server.ts'
import { PasswordSection } from '../password-section.tsx'
import { IdentitySection, PasskeySection, SecondFactorSection } from '../security-sections.tsx'
import type { Route } from './+types/security'

const HERE = '/bureau/mon-compte/securite'

export async function loader({ context, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const [account, factors] = [await ownAccount(ctx, null), await ownFactors(ctx)]
  if (!account || !factors || ctx.actor.kind !== 'user') throw notFound()
  const { totp, passkeys: count, codesLeft, asked } = factors
  return {
    hasPassword: account.hasPassword,
    factors: { totp, passkeys: count, codesLeft, asked },
    passkeys: await ownPasskeys(ctx),
    identity: await identityOf(ctx, ctx.actor.userId),
    done: url.searchParams.get('fait'),
  }
}

const done = (what: string, headers?: HeadersInit) => redirect(`${HERE}?fait=${what}`, { headers })
const shown = (errors: Record<string, string[]>, status: number, codes: string[] | null = null) =>
  data({ errors, codes }, { status })

export async function action({ request, context }: Route.ActionArgs) {
  const [ctx, web] = [context.get(requestContext), context.get(webRequest)]
  const sent = await readForm(request)
  switch (sent.get('intent')) {
    case 'password':
      return change(ctx, sent, deviceOf(web.userAgent))
    case 'ask-link':
      return askOwnLink(ctx, web.ip)
    case 'remove-totp':
      return answer(await removeTotp(ctx), 'sans-code')
    case 'remove-passkey':
      return answer(await removePasskey(ctx, { passkeyId: idParam(String(sent.get('key') ?? '')) }), 'sans-cle')
    case 'new-codes':
      return newCodes(ctx)
    case 'unlink':
      return answer(await unlinkIdentity(ctx, { userId: ctx.actor.kind === 'user' ? ctx.actor.userId : '' }), 'detache')
    default:
      throw badRequest('Cette action n’existe pas.')
  }
}

type Refusal = 'not-allowed' | 'not-found' | 'proof-needed' | 'asked-by-rule'

const ASKED = 'Votre rôle demande deux preuves : mettez d’abord l’autre en place, puis retirez celle-ci.'

function answer(result: { ok: true } | { ok: false; error: { type: Refusal } }, what: string) {
  if (result.ok) return done(what)
  switch (result.error.type) {
    case 'not-allowed':
      throw forbidden()
    case 'not-found':
      throw notFound()
    case 'proof-needed':
      throw askProof(HERE)
    case 'asked-by-rule':
      return shown({ '': [ASKED] }, 409)
    default:
      return result.error.type satisfies never
  }
}

async function newCodes(ctx: AppContext) {
  const made = await renewRecoveryCodes(ctx)
  return made.ok ? shown({}, 200, made.value.codes) : answer(made, '')
}

async function change(ctx: AppContext, sent: FormData, device: string | null) {
  const form = checkForm(sent, z.object({ present: presentPassword(), password: newPassword() }))
  if (!form.ok) return shown(form.error.errors, 400)
  const changed = await changePassword(ctx, { ...form.value, device })
  if (changed.ok) return done('mot-de-passe', { 'set-cookie': sessionCookie(changed.value.session, cookieRules(ctx)) })
  switch (changed.error.type) {
    case 'not-allowed':
      throw notFound()
    case 'too-many-tries':
      throw tooMany()
    case 'wrong-present':
      return shown({ present: ['Ce n’est pas votre mot de passe actuel.'] }, 400)
    case 'password-too-common':
      return shown({ password: [TOO_COMMON] }, 400)
    default:
      return changed.error satisfies never
  }
}

async function askOwnLink(ctx: AppContext, ip: string) {
  const account = await ownAccount(ctx, null)
  if (!account) throw notFound()
  const asked = await askLink(ctx, { email: account.email, purpose: 'password-reset', ip, next: '/bureau' })
  if (!asked.ok) throw tooMany()
  return done('lien')
}

const doneSentences: Record<string, string> = {
  'mot-de-passe': 'Le mot de passe est changé. Vos autres appareils sont déconnectés.',
  lien: 'Regardez votre courrier : un lien pour choisir un mot de passe vient de partir.',
  'sans-code': 'La double authentification est retirée.',
  cle: 'La clé d’accès est ajoutée : elle ouvre votre compte dès maintenant.',
  'sans-cle': 'La clé d’accès est retirée.',
  identite: 'Votre identité est reliée à votre compte.',
  detache: 'Votre identité n’ouvre plus ce compte.',
}

export default function Security({ loaderData, actionData }: Route.ComponentProps) {
  const { hasPassword, factors, passkeys, identity, done: what } = loaderData
  const sentence = what && !actionData ? doneSentences[what] : undefined
  return (
    <OfficePage>
      <title>Sécurité de mon compte</title>
      <AccountHead path={HERE} />
      {sentence && (
        <Notice tone="good">
          <Fr>{sentence}</Fr>
        </Notice>
      )}
      <ErrorSummary
        errors={actionData?.errors}
        labels={{ present: 'Mot de passe actuel', password: 'Nouveau mot de passe' }}
      />
      {actionData?.codes && <RecoveryCodes codes={actionData.codes} />}
      <SecondFactorSection {...factors} />
      <PasskeySection passkeys={passkeys} />
      {identity && <IdentitySection label={identity.label} linked={identity.linked} />}
      <Section title="Mot de passe" id="mot-de-passe">
        <PasswordSection hasPassword={hasPassword} errors={actionData?.errors} />
      </Section>
    </OfficePage>
  )
}
