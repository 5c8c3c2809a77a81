import { data, type RouterContextProvider } from 'react-router'
import { z } from 'zod'
import { parseForm } from '#app/platform/forms.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { tooMany } from '#app/platform/web.server.ts'
import { newPassword, TOO_COMMON } from '../password-rules.ts'
import { aroundOf } from './around.server.ts'
import { choosePassword, type PasswordLink, passwordLinkOwner } from './choose-password.server.ts'
import { enter } from './enter.server.ts'

interface Asked {
  request: Request
  context: Readonly<RouterContextProvider>
  purpose: PasswordLink
  token: string
  gone: string
}

/** The answer of both pages that choose a password by link. */
export async function answerChoice({ request, context, purpose, token, gone }: Asked) {
  const ctx = context.get(requestContext)
  const form = await parseForm(request, z.object({ password: newPassword() }))
  if (!form.ok) {
    if (!(await passwordLinkOwner(ctx, purpose, token))) throw data(gone, { status: 410 })
    return data({ errors: form.error.errors }, { status: 400 })
  }
  const chosen = await choosePassword(ctx, {
    ...aroundOf(request, context),
    purpose,
    token,
    password: form.value.password,
  })
  if (chosen.ok) return enter(ctx, chosen.value, '/bureau')
  switch (chosen.error.type) {
    case 'too-many-tries':
      throw tooMany()
    case 'link-unusable':
      throw data(gone, { status: 410 })
    case 'password-too-common':
      return data({ errors: { password: [TOO_COMMON] } as Record<string, string[]> }, { status: 400 })
    default:
      return chosen.error satisfies never
  }
}
