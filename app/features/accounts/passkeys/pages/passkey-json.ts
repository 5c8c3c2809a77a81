import { data } from 'react-router'
import { z } from 'zod'
import type { AppContext } from '#app/platform/context.ts'
import { fields } from '#app/platform/forms.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { safePath } from '#app/platform/web.server.ts'
import { cookieRules, readStepCookie, sessionCookie, stepCookie } from '../../cookies.server.ts'
import type { Around } from '../../entry/admit.server.ts'
import { aroundOf } from '../../entry/around.server.ts'
import { insideCookies, SECOND_STEP } from '../../entry/enter.server.ts'
import { addPasskey, type AddPasskeyError, askNewPasskey } from '../own-passkeys.server.ts'
import { assertionSchema, attestationSchema } from '../relying-party.server.ts'
import { askPasskey, proveByPasskey, signInByPasskey, takeSecondStepByPasskey } from '../use-passkey.server.ts'
import type { Route } from './+types/passkey-json'

export const loader = () => {
  throw data('Cette adresse ne se visite pas.', { status: 405, headers: { allow: 'POST' } })
}

const next = z.string().max(500).optional()
const use = z.object({ answer: assertionSchema, next })
const add = z.object({
  answer: attestationSchema,
  name: fields.line(60, 'Donnez un nom à cette clé : l’appareil où elle est, par exemple.'),
})

/** The script of the door talks here: without an answer it gets what to ask the authenticator, with one it enters. */
export async function action({ request, context, url }: Route.ActionArgs) {
  const [ctx, around] = [context.get(requestContext), aroundOf(request, context)]
  const body = await readBody(request)
  if (body === null) return refused('Cette demande n’est pas lisible.', 400)
  const asks = !('answer' in body)
  switch (url.searchParams.get('pour')) {
    case 'entrer':
      return asks ? ask(ctx, 'passkey-sign-in', around) : signIn(ctx, body, around)
    case 'etape':
      return asks
        ? ask(ctx, 'passkey-sign-in', around)
        : secondStep(ctx, body, { ...around, step: readStepCookie(ctx, 'etape', request.headers.get('cookie')) })
    case 'preuve':
      return asks ? ask(ctx, 'passkey-proof', around) : proof(ctx, body, around)
    case 'nouvelle':
      return asks ? askNew(ctx) : addNew(ctx, body)
    default:
      return refused('Cette adresse ne se visite pas.', 404)
  }
}

async function readBody(request: Request): Promise<Record<string, unknown> | null> {
  if (!request.headers.get('content-type')?.startsWith('application/json')) return null
  try {
    const body: unknown = await request.json()
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : null
  } catch {
    return null
  }
}

const refused = (sentence: string, status: number) => Response.json({ sentence }, { status })
const REFUSED = 'Cette clé d’accès n’est pas reconnue. Réessayez, ou entrez autrement.'
const TOO_MANY = 'Trop de demandes en peu de temps. Réessayez dans quelques minutes.'
const UNREADABLE = 'Cette demande n’est pas lisible.'

const refusal = ({ type }: { type: 'refused' | 'too-many-tries' }) =>
  type === 'refused' ? refused(REFUSED, 401) : refused(TOO_MANY, 429)

async function ask(ctx: AppContext, purpose: 'passkey-sign-in' | 'passkey-proof', { ip }: Around) {
  const asked = await askPasskey(ctx, { purpose, ip })
  return asked.ok ? Response.json(asked.value) : refusal(asked.error)
}

const goTo = (to: string, cookies: [string, string][]) => Response.json({ to }, { headers: cookies })

async function signIn(ctx: AppContext, body: unknown, around: Around) {
  const read = use.safeParse(body)
  if (!read.success) return refused(UNREADABLE, 400)
  const to = safePath(read.data.next, '/bureau')
  const entered = await signInByPasskey(ctx, { answer: read.data.answer, ...around })
  if (!entered.ok) return refusal(entered.error)
  if (entered.value.step === null) return goTo(to, insideCookies(ctx, entered.value))
  return goTo(`${SECOND_STEP}?suite=${encodeURIComponent(to)}`, [
    ['set-cookie', stepCookie(ctx, 'etape', entered.value.step)],
  ])
}

async function secondStep(ctx: AppContext, body: unknown, around: Around & { step: string | null }) {
  const read = use.safeParse(body)
  if (!read.success) return refused(UNREADABLE, 400)
  const inside = await takeSecondStepByPasskey(ctx, { answer: read.data.answer, ...around })
  return inside.ok ? goTo(safePath(read.data.next, '/bureau'), insideCookies(ctx, inside.value)) : refusal(inside.error)
}

async function proof(ctx: AppContext, body: unknown, around: Around) {
  const read = use.safeParse(body)
  if (!read.success) return refused(UNREADABLE, 400)
  const proven = await proveByPasskey(ctx, { answer: read.data.answer, ...around })
  if (!proven.ok) return refusal(proven.error)
  const cookie = sessionCookie(proven.value.session, cookieRules(ctx))
  return goTo(safePath(read.data.next, '/bureau'), [['set-cookie', cookie]])
}

async function askNew(ctx: AppContext) {
  const asked = await askNewPasskey(ctx)
  return asked.ok ? Response.json(asked.value) : notAdded(asked.error)
}

async function addNew(ctx: AppContext, body: unknown) {
  const read = add.safeParse(body)
  if (!read.success)
    return refused(read.error.issues.find(({ path }) => path[0] === 'name')?.message ?? UNREADABLE, 400)
  const added = await addPasskey(ctx, read.data)
  if (!added.ok) return notAdded(added.error)
  const { session } = added.value
  const cookies: [string, string][] = session ? [['set-cookie', sessionCookie(session, cookieRules(ctx))]] : []
  return goTo('/bureau/mon-compte/securite?fait=cle', cookies)
}

function notAdded({ type }: AddPasskeyError) {
  switch (type) {
    case 'not-allowed':
      return refused('Connectez-vous d’abord.', 403)
    case 'proof-needed':
      return refused('Confirmez d’abord que c’est vous : rechargez cette page.', 403)
    case 'too-many':
      return refused('Vous avez déjà vingt clés d’accès : retirez-en une.', 409)
    case 'refused':
      return refused('Cette clé d’accès n’a pas pu être ajoutée. Réessayez.', 400)
    default:
      return type satisfies never
  }
}
