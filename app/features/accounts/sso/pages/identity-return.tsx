import { data, redirect } from 'react-router'
import { requestContext } from '#app/platform/request-context.server.ts'
import { tooMany } from '#app/platform/web.server.ts'
import { clearedStepCookie, readStepCookie, stepCookie } from '../../cookies.server.ts'
import { aroundOf } from '../../entry/around.server.ts'
import { enter } from '../../entry/enter.server.ts'
import { comeBack, type ComeBackError } from '../come-back.server.ts'
import type { Route } from './+types/identity-return'

/** The one address that acts on a visit: OpenID Connect wants it so. What it does is bound to a journey of this browser, spent at once. */
export async function loader({ request, context, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const token = readStepCookie(ctx, 'identite', request.headers.get('cookie'))
  const back = await comeBack(ctx, { token, search: url.search, ...aroundOf(request, context), waitingIdentity: null })
  if (!back.ok)
    throw refused(back.error, ctx.identityProvider?.label ?? 'ce service', clearedStepCookie(ctx, 'identite'))
  switch (back.value.type) {
    case 'entered':
      throw enter(ctx, back.value.admitted, back.value.next)
    case 'to-link': {
      const headers = { 'set-cookie': stepCookie(ctx, 'identite', back.value.token) }
      throw redirect(`/connexion?identite=a-relier&suite=${encodeURIComponent(back.value.next)}`, { headers })
    }
    case 'linked':
      throw redirect('/bureau/mon-compte/securite?fait=identite', {
        headers: { 'set-cookie': clearedStepCookie(ctx, 'identite') },
      })
    default:
      return back.value satisfies never
  }
}

function refused({ type }: ComeBackError, label: string, cookie: string) {
  const say = (sentence: string, status: number) => data(sentence, { status, headers: { 'set-cookie': cookie } })
  switch (type) {
    case 'too-many-tries':
      return tooMany()
    case 'journey-over':
      return say(
        'Cette identification a déjà servi, ou son délai est passé. Recommencez depuis la page de connexion.',
        410,
      )
    case 'given-up':
      return say(
        `L’identification avec ${label} n’est pas allée au bout. Recommencez depuis la page de connexion.`,
        400,
      )
    case 'refused':
      return say(`La réponse de ${label} n’a pas pu être vérifiée : rien n’est ouvert. Recommencez.`, 400)
    case 'unknown-person':
      return say('Aucun compte n’attend cette identité ici. Demandez une invitation à l’administration du centre.', 403)
    case 'suspended':
      return say('Ce compte est suspendu. L’administration du centre peut le rétablir.', 403)
    case 'linked-elsewhere':
      return say('Cette identité, ou ce compte, est déjà relié ailleurs. Détachez d’abord l’autre lien.', 409)
    default:
      return type satisfies never
  }
}

export default function IdentityReturn() {
  return null
}
