import { redirect } from 'react-router'
import { readForm } from '#app/platform/forms.server.ts'
import { requestContext, webRequest } from '#app/platform/request-context.server.ts'
import { badRequest, idParam, notFound } from '#app/platform/web.server.ts'
import { Section } from '#app/ui/content.tsx'
import { Notice } from '#app/ui/feedback.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { clearedCookie, cookieRules } from '../../cookies.server.ts'
import { SignInList } from '../../history/sign-in-list.tsx'
import { signInsOf } from '../../history/sign-ins.server.ts'
import { AccountHead } from '../account-tabs.tsx'
import { closeOwnSession, ownAccount, signOutElsewhere, signOutEverywhere } from '../own-sessions.server.ts'
import { SessionList } from '../session-list.tsx'
import type { Route } from './+types/connections'

const HERE = '/bureau/mon-compte/connexions'

export async function loader({ context, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const account = await ownAccount(ctx, context.get(webRequest).sessionToken)
  if (!account || ctx.actor.kind !== 'user') throw notFound()
  const signIns = await signInsOf(ctx, ctx.actor.userId)
  return { sessions: account.sessions, signIns, done: url.searchParams.get('fait') }
}

const done = (what: string) => redirect(`${HERE}?fait=${what}`)

export async function action({ request, context }: Route.ActionArgs) {
  const ctx = context.get(requestContext)
  const sent = await readForm(request)
  switch (sent.get('intent')) {
    case 'close-session': {
      const closed = await closeOwnSession(ctx, { sessionId: idParam(String(sent.get('session') ?? '')) })
      if (!closed.ok) throw notFound('Cette session est déjà fermée.')
      return done('session')
    }
    case 'sign-out-elsewhere': {
      const closed = await signOutElsewhere(ctx)
      if (!closed.ok) throw notFound()
      return done('ailleurs')
    }
    case 'sign-out-everywhere':
      await signOutEverywhere(ctx)
      return redirect('/connexion?deconnexion', { headers: { 'set-cookie': clearedCookie(cookieRules(ctx)) } })
    default:
      throw badRequest('Cette action n’existe pas.')
  }
}

const doneSentences: Record<string, string> = {
  session: 'L’appareil est déconnecté.',
  ailleurs: 'Tous vos autres appareils sont déconnectés.',
}

export default function Connections({ loaderData: { sessions, signIns, done: what } }: Route.ComponentProps) {
  const sentence = what ? doneSentences[what] : undefined
  return (
    <OfficePage>
      <title>Appareils et connexions</title>
      <AccountHead path={HERE} />
      {sentence && (
        <Notice tone="good">
          <Fr>{sentence}</Fr>
        </Notice>
      )}
      <Section title="Appareils connectés" id="appareils">
        <SessionList sessions={sessions} />
      </Section>
      <Section title="Dernières connexions" id="connexions">
        <p className="small soft">
          <Fr>
            Une ligne que vous ne reconnaissez pas ? Changez de mot de passe et prévenez l’administration. Les adresses
            sont abrégées à leur réseau ; rien n’est gardé plus d’un an.
          </Fr>
        </p>
        <SignInList signIns={signIns} />
      </Section>
    </OfficePage>
  )
}
