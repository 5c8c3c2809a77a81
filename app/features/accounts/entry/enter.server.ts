import { redirect } from 'react-router'
import type { AppContext } from '#app/platform/context.ts'
import type { FormFailure } from '#app/platform/forms.server.ts'
import { clearedStepCookie, cookieRules, deviceCookie, sessionCookie, stepCookie } from '../cookies.server.ts'
import type { Admitted } from './admit.server.ts'

export const SECOND_STEP = '/connexion/verification'

/** The cookies of who is inside: the session, the mark of a device already known, and nothing left of the way in. */
export const insideCookies = (
  ctx: AppContext,
  { session, userId }: { session: string; userId: string },
): [string, string][] => [
  ['set-cookie', sessionCookie(session, cookieRules(ctx))],
  ['set-cookie', deviceCookie(ctx, userId)],
  ['set-cookie', clearedStepCookie(ctx, 'etape')],
  ['set-cookie', clearedStepCookie(ctx, 'identite')],
]

/** Into the office, or to the second step, which keeps where one was going. */
export function enter(ctx: AppContext, admitted: Admitted, to: string) {
  if (admitted.step === null) return redirect(to, { headers: insideCookies(ctx, admitted) })
  return redirect(`${SECOND_STEP}?suite=${encodeURIComponent(to)}`, {
    headers: { 'set-cookie': stepCookie(ctx, 'etape', admitted.step) },
  })
}

/** What was typed is shown again, never a password: it would stand in the page. */
export function withoutPasswords({ errors, values }: FormFailure): FormFailure {
  const { password: _password, present: _present, code: _code, ...shown } = values
  return { errors, values: shown }
}

export const LINK_UNUSABLE =
  'Il a déjà servi, ou son délai est passé. Demandez-en un autre depuis la page de connexion.'
