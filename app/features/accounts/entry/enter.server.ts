import { redirect } from 'react-router'
import type { AppContext } from '#app/platform/context.ts'
import type { FormFailure } from '#app/platform/forms.server.ts'
import { cookieRules, deviceCookie, sessionCookie } from '../cookies.server.ts'
import type { SignedIn } from './sign-in.server.ts'

/** The answer that opens the office: the session, and the mark of a device already known. */
export const enter = (ctx: AppContext, { session, userId }: SignedIn, to: string) =>
  redirect(to, {
    headers: [
      ['set-cookie', sessionCookie(session, cookieRules(ctx))],
      ['set-cookie', deviceCookie(ctx, userId)],
    ],
  })

/** What was typed is shown again, never a password: it would stand in the page. */
export function withoutPasswords({ errors, values }: FormFailure): FormFailure {
  const { password: _password, present: _present, ...shown } = values
  return { errors, values: shown }
}

export const LINK_UNUSABLE =
  'Il a déjà servi, ou son délai est passé. Demandez-en un autre depuis la page de connexion.'
