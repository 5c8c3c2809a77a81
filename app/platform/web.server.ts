import { data, type MiddlewareFunction, redirect } from 'react-router'
import { can, type AppContext } from './context.ts'
import type { Permission } from './permissions.ts'
import { requestContext } from './request-context.server.ts'

/** Ends the request: there is no such page, or the actor may not know that there is. */
export const notFound = (sentence = 'Cette page n’existe pas.') => data(sentence, { status: 404 })

export const forbidden = (sentence = 'Votre rôle ne permet pas cette action.') => data(sentence, { status: 403 })

export const badRequest = (sentence: string) => data(sentence, { status: 400 })

export const tooMany = (sentence = 'Trop de demandes en peu de temps. Réessayez dans quelques minutes.') =>
  data(sentence, { status: 429 })

/** For a page that only some roles may open; the domain function checks again. */
export function requirePermission(ctx: AppContext, permission: Permission): void {
  if (!can(ctx.actor, permission)) throw notFound()
}

/** Everything under /bureau asks for a session; the page asked for is kept for after the sign-in. */
export const requireSession: MiddlewareFunction<Response> = ({ context, request, url }) => {
  const { actor } = context.get(requestContext)
  if (actor.kind === 'user' && can(actor, 'office:enter')) return
  if (actor.kind === 'user' && actor.confined) throw redirect('/connexion/double-authentification')
  const wanted = request.method === 'GET' ? `?suite=${encodeURIComponent(url.pathname + url.search)}` : ''
  throw redirect(`/connexion${wanted}`)
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** An id of an address; what is not one leads nowhere. */
export function idParam(value: string | undefined): string {
  if (!value || !UUID.test(value)) throw notFound()
  return value.toLowerCase()
}

/** Where to go after a form: a path of this house, never another site. */
export function safePath(value: unknown, otherwise: string): string {
  const path = typeof value === 'string' ? value : ''
  return /^\/(?![/\\])[^\\\u0000-\u001f]*$/.test(path) && path.length <= 500 ? path : otherwise
}
