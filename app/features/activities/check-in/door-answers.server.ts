import { data } from 'react-router'
import type { AppContext } from '#app/platform/context.ts'
import { readForm } from '#app/platform/forms.server.ts'
import { checkIn, type CheckInError } from './check-in.server.ts'
import type { DoorError, DoorKey } from './door.server.ts'
import { readDoorList } from './door-list.server.ts'
import { readGestures } from './gestures.server.ts'

/** Never kept on the way, never told to the next site; the camera is for these pages only. */
export const doorHeaders = {
  'cache-control': 'private, no-store',
  'referrer-policy': 'no-referrer',
  'permissions-policy': 'camera=(self), geolocation=(), microphone=(), payment=()',
}

interface Refusal {
  status: number
  message: string
}

function refusalOf({ type }: CheckInError, signedIn: boolean): Refusal {
  switch (type) {
    case 'not-allowed':
      return signedIn
        ? { status: 404, message: 'Cette page n’existe pas.' }
        : {
            status: 401,
            message: 'Votre session est terminée. Reconnectez-vous dans un autre onglet, vos gestes partiront ensuite.',
          }
    case 'no-such-activity':
      return { status: 404, message: 'Cette activité n’existe plus.' }
    case 'forged':
      return { status: 404, message: 'Ce lien n’est pas complet. Demandez à l’équipe de vous le montrer de nouveau.' }
    case 'closed':
      return {
        status: 410,
        message: 'Cet accueil est fermé\u202f: la journée est finie, ou l’équipe a retiré ce lien.',
      }
    case 'activity-cancelled':
      return { status: 409, message: 'Cette activité est annulée\u202f: plus personne n’y est pointé.' }
    case 'too-many':
      return {
        status: 429,
        message: 'Trop de personnes ajoutées par ce lien en peu de temps. L’envoi reprendra de lui-même.',
      }
    default:
      return type satisfies never
  }
}

/** For a page: ends the request with its sentence. */
export function doorRefusal(error: DoorError) {
  const { status, message } = refusalOf(error, true)
  return data(message, { status, headers: doorHeaders })
}

/** Its length is said: a short answer is then not worth compressing, and they come by hundreds a second. */
function json(body: unknown, status = 200): Response {
  const text = JSON.stringify(body)
  const headers = {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(text)),
    'cache-control': 'private, no-store',
    'referrer-policy': 'no-referrer',
  }
  return new Response(text, { status, headers })
}

/** The list, or what has changed in it. Without a session the list does not exist: only what is sent is told to wait. */
export async function answerReading(ctx: AppContext, key: DoorKey, request: Request): Promise<Response> {
  const list = await readDoorList(ctx, key, new URL(request.url).searchParams.get('depuis'))
  if (list.ok) return json(list.value)
  const { status, message } = refusalOf(list.error, ctx.actor.kind === 'user')
  return json({ message }, status === 401 ? 403 : status)
}

/** The gestures of a device, and what became of each. */
export async function answerGestures(ctx: AppContext, key: DoorKey, request: Request): Promise<Response> {
  const form = await readForm(request)
  const read = readGestures(form.get('gestes'))
  // who may do nothing here is told so first, whatever was sent
  const done = await checkIn(ctx, key, read?.gestures ?? [])
  if (done.ok && !read) return json({ message: 'Ces gestes ne sont pas lisibles.' }, 400)
  if (done.ok) return json({ outcomes: [...done.value, ...read!.refused] })
  const { status, message } = refusalOf(done.error, ctx.actor.kind === 'user')
  return json({ message }, status)
}
