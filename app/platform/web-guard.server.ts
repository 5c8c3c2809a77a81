import { randomBytes } from 'node:crypto'

const FORM_BYTES = 1_000_000
/** A multipart form may carry a document (25 MB) and its fields. */
const UPLOAD_BYTES = 27_000_000
/** Tables to take over are read as streams: 50 MB of file, and the fields around it. */
const TABLE_BYTES = 53_000_000
const TABLES = /^\/bureau\/imports\/nouveau(\.data)?$/

const plainPage = (status: number, title: string, sentence: string, headers: Record<string, string> = {}) =>
  new Response(
    `<!doctype html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title></head><body><main><h1>${title}</h1><p>${sentence}</p></main></body></html>`,
    { status, headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', ...headers } },
  )

export const unavailable = () =>
  plainPage(
    503,
    'Le service reprend dans un instant',
    'La base de données redémarre. Rien de ce qui a été confirmé n’est perdu\u202f: rechargez la page dans quelques secondes.',
    { 'retry-after': '5' },
  )

export const misdirected = () =>
  plainPage(
    421,
    'Cette adresse n’est pas celle de ce site',
    'Le serveur ne répond qu’à son adresse publique. Si elle a changé, il faut la donner dans le réglage BASE_URL.',
  )

/** The rules that every answer obeys, whatever page made it. */
export async function guarded(request: Request, respond: (nonce: string) => Promise<Response>): Promise<Response> {
  const nonce = randomBytes(16).toString('base64')
  const response = isForeignPost(request)
    ? plainPage(
        403,
        'Cette demande vient d’un autre site',
        'Par sécurité, elle n’a pas été traitée. Revenez au site, puis recommencez.',
      )
    : isTooLarge(request)
      ? plainPage(
          413,
          'Cet envoi est trop volumineux',
          'Un formulaire tient en 1 Mo, un document en 25 Mo, un tableau à reprendre en 50 Mo. Rien n’a été enregistré.',
          { connection: 'close' },
        )
      : hasNull(request)
        ? plainPage(400, 'Cette adresse n’est pas lisible', 'Elle porte un signe qui ne s’écrit dans aucun texte.')
        : inFrench(await respond(nonce))
  return withHeaders(request, response, nonce)
}

/** A browser says where a form comes from; with SameSite cookies this is the second lock against forged requests. */
function isForeignPost(request: Request): boolean {
  if (['GET', 'HEAD', 'OPTIONS'].includes(request.method)) return false
  const origin = request.headers.get('origin')
  if (origin !== null) return origin !== new URL(request.url).origin
  return ['cross-site', 'same-site'].includes(request.headers.get('sec-fetch-site') ?? '')
}

function limitOf(request: Request): number {
  if (!/^multipart\//i.test(request.headers.get('content-type') ?? '')) return FORM_BYTES
  return TABLES.test(new URL(request.url).pathname) ? TABLE_BYTES : UPLOAD_BYTES
}

const isTooLarge = (request: Request) => Number(request.headers.get('content-length') ?? 0) > limitOf(request)

/** The null character, which no column of the database can hold. */
const hasNull = (request: Request) => request.url.includes('%00')

/** Where no page is shown (a file, a feed, JSON), React Router says its troubles itself, in English. */
function inFrench(response: Response): Response {
  const [{ status }, type] = [response, response.headers.get('content-type') ?? '']
  if (status === 405 && type.startsWith('application/json'))
    return plainText(405, 'Cette adresse se lit\u202f: rien ne s’y envoie.', { allow: 'GET, HEAD' })
  if (status === 500 && type.startsWith('text/plain'))
    return plainText(500, 'Quelque chose n’a pas fonctionné. Réessayez dans un instant.')
  return response
}

const plainText = (status: number, sentence: string, headers: Record<string, string> = {}) =>
  new Response(`${sentence}\n`, { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers } })

class TooLarge extends Error {
  readonly status = 413
}

/** A body that does not say its length is counted as it comes; what reads it gets an error (see readForm). */
export function limitBody(request: Request): Request {
  if (!request.body || request.headers.has('content-length')) return request
  const max = limitOf(request)
  let size = 0
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      size += chunk.byteLength
      if (size > max) controller.error(new TooLarge())
      else controller.enqueue(chunk)
    },
  })
  return new Request(request, { body: request.body.pipeThrough(counter), duplex: 'half' } as RequestInit)
}

const common = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
  'referrer-policy': 'same-origin',
}

/** Scripts: ours only, and inline ones by nonce. Style attributes draw bars and covers; style elements are refused. */
function policyOf(nonce: string, secure: boolean): string {
  const rules = [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ]
  return [...rules, ...(secure ? ['upgrade-insecure-requests'] : [])].join('; ')
}

function withHeaders(request: Request, response: Response, nonce: string): Response {
  const headers = new Headers(response.headers)
  const { protocol, pathname } = new URL(request.url)
  const secure = protocol === 'https:'
  for (const [name, value] of Object.entries(common)) if (!headers.has(name)) headers.set(name, value)
  if (!headers.has('content-security-policy')) headers.set('content-security-policy', policyOf(nonce, secure))
  if (secure) headers.set('strict-transport-security', 'max-age=31536000')
  if (!headers.has('cache-control'))
    headers.set('cache-control', isPrivate(pathname) ? 'private, no-store' : 'no-cache')
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers })
}

/** What depends on who asks is never kept by anything on the way. */
const isPrivate = (pathname: string) =>
  /^\/(bureau|connexion|deconnexion|inscription|installation|invitation|mot-de-passe)(\/|\.|$)/.test(pathname)
