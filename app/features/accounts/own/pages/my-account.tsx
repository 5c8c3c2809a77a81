import { data, Form, redirect } from 'react-router'
import { z } from 'zod'
import type { AppContext } from '#app/platform/context.ts'
import { checkForm, readForm } from '#app/platform/forms.server.ts'
import { roleLabels } from '#app/platform/permissions.ts'
import { requestContext, webRequest } from '#app/platform/request-context.server.ts'
import { badRequest, idParam, notFound, tooMany } from '#app/platform/web.server.ts'
import { DescriptionList, PageHead, Section } from '#app/ui/content.tsx'
import { Notice } from '#app/ui/feedback.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { ErrorSummary, FormActions } from '#app/ui/form-layout.tsx'
import { TextField } from '#app/ui/inputs.tsx'
import { Link } from '#app/ui/link.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { clearedCookie, cookieRules, sessionCookie } from '../../cookies.server.ts'
import { deviceOf } from '../../device.ts'
import { askLink } from '../../entry/ask-link.server.ts'
import { NewPasswordField } from '../../entry/new-password-field.tsx'
import { newPassword, presentPassword, TOO_COMMON } from '../../password-rules.ts'
import { changePassword } from '../change-password.server.ts'
import { closeOwnSession, ownAccount, signOutEverywhere } from '../own-sessions.server.ts'
import { SessionList } from '../session-list.tsx'
import type { Route } from './+types/my-account'

export async function loader({ context, url }: Route.LoaderArgs) {
  const account = await ownAccount(context.get(requestContext), context.get(webRequest).sessionToken)
  if (!account) throw notFound()
  return { ...account, done: url.searchParams.get('fait') }
}

const done = (what: string, headers?: HeadersInit) => redirect(`/bureau/mon-compte?fait=${what}`, { headers })

export async function action({ request, context }: Route.ActionArgs) {
  const [ctx, web] = [context.get(requestContext), context.get(webRequest)]
  const sent = await readForm(request)
  switch (sent.get('intent')) {
    case 'password':
      return change(ctx, sent, deviceOf(web.userAgent))
    case 'ask-link':
      return askOwnLink(ctx, web.ip)
    case 'close-session': {
      const closed = await closeOwnSession(ctx, { sessionId: idParam(String(sent.get('session') ?? '')) })
      if (!closed.ok) throw notFound('Cette session est déjà fermée.')
      return done('session')
    }
    case 'sign-out-everywhere':
      await signOutEverywhere(ctx)
      return redirect('/connexion?deconnexion', { headers: { 'set-cookie': clearedCookie(cookieRules(ctx)) } })
    default:
      throw badRequest('Cette action n’existe pas.')
  }
}

async function change(ctx: AppContext, sent: FormData, device: string | null) {
  const form = checkForm(sent, z.object({ present: presentPassword(), password: newPassword() }))
  if (!form.ok) return data({ errors: form.error.errors }, { status: 400 })
  const changed = await changePassword(ctx, { ...form.value, device })
  if (changed.ok) return done('mot-de-passe', { 'set-cookie': sessionCookie(changed.value.session, cookieRules(ctx)) })
  switch (changed.error.type) {
    case 'not-allowed':
      throw notFound()
    case 'too-many-tries':
      throw tooMany()
    case 'wrong-present':
      return refused('present', 'Ce n’est pas votre mot de passe actuel.')
    case 'password-too-common':
      return refused('password', TOO_COMMON)
    default:
      return changed.error satisfies never
  }
}

const refused = (field: string, sentence: string) =>
  data({ errors: { [field]: [sentence] } as Record<string, string[]> }, { status: 400 })

async function askOwnLink(ctx: AppContext, ip: string) {
  const account = await ownAccount(ctx, null)
  if (!account) throw notFound()
  const asked = await askLink(ctx, { email: account.email, purpose: 'password-reset', ip, next: '/bureau' })
  if (!asked.ok) throw tooMany()
  return done('lien')
}

const doneSentences: Record<string, string> = {
  'mot-de-passe': 'Le mot de passe est changé. Vos autres appareils sont déconnectés.',
  session: 'L’appareil est déconnecté.',
  lien: 'Regardez votre courrier : un lien pour choisir un mot de passe vient de partir.',
}

export default function MyAccount({ loaderData, actionData }: Route.ComponentProps) {
  const { fullName, email, role, hasPassword, sessions, done: what } = loaderData
  const sentence = what && !actionData ? doneSentences[what] : undefined
  return (
    <OfficePage>
      <title>Mon compte</title>
      <PageHead title="Mon compte" />
      {sentence && (
        <Notice tone="good">
          <Fr>{sentence}</Fr>
        </Notice>
      )}
      <DescriptionList
        items={[
          { label: 'Nom', value: fullName },
          { label: 'Adresse électronique', value: email },
          {
            label: 'Rôle',
            value: (
              <>
                {roleLabels[role]} · <Link href="/bureau/equipe/droits">ce qu’il permet</Link>
              </>
            ),
          },
        ]}
      />
      <Section title="Mot de passe" id="mot-de-passe">
        {hasPassword ? <PasswordForm errors={actionData?.errors} /> : <NoPassword />}
      </Section>
      <Section title="Appareils connectés" id="appareils">
        <SessionList sessions={sessions} />
      </Section>
    </OfficePage>
  )
}

function PasswordForm({ errors }: { errors: Record<string, string[] | undefined> | undefined }) {
  return (
    <>
      <ErrorSummary errors={errors} labels={{ present: 'Mot de passe actuel', password: 'Nouveau mot de passe' }} />
      <Form method="post" className="stack">
        <TextField
          name="present"
          type="password"
          label="Mot de passe actuel"
          errors={errors?.present}
          autoComplete="current-password"
          width="medium"
          required
        />
        <NewPasswordField label="Nouveau mot de passe" width="medium" errors={errors?.password} />
        <p className="small soft">
          <Fr>Vos autres appareils seront déconnectés.</Fr>
        </p>
        <FormActions>
          <SubmitButton name="intent" value="password" pendingLabel="Changement…">
            Changer le mot de passe
          </SubmitButton>
        </FormActions>
      </Form>
    </>
  )
}

const NoPassword = () => (
  <Form method="post" className="stack">
    <p>
      <Fr>Vous n’avez pas encore de mot de passe : vous entrez par les liens reçus par courriel.</Fr>
    </p>
    <FormActions>
      <SubmitButton look="quiet" name="intent" value="ask-link">
        Recevoir un lien pour en choisir un
      </SubmitButton>
    </FormActions>
  </Form>
)
