import { createHash } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { type AppContext, can } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { errorsOf } from '#app/platform/forms.server.ts'
import { type Limit, withinLimit } from '#app/platform/rate-limit.server.ts'
import type { Operation } from './operation.ts'
import { operations } from './operations/all.server.ts'
import { idempotencies } from './schema.server.ts'
import { scopes } from './scopes.ts'
import { bearerOf } from './tokens.server.ts'

const BODY = 1_000_000
/** By key: a program that copies the whole directory takes a few minutes. */
const usual: Limit = { name: 'api', max: 600, seconds: 60 }
/** By address: keys are not guessed. */
const strangers: Limit = { name: 'api-stranger', max: 30, seconds: 600 }

/** What another program is answered: JSON, always, and a sentence in French when it is refused (RFC 9457). */
export async function answer(ctx: AppContext, request: Request, ip: string): Promise<Response> {
  const bearer = await bearerOf(ctx.db, request.headers.get('authorization'), ctx.now())
  if (!bearer) return stranger(ctx, ip)
  if (!(await withinLimit(ctx, usual, bearer.tokenId)))
    return problem(429, 'Trop de demandes en une minute.', {}, { 'retry-after': '60' })
  const { pathname, searchParams } = new URL(request.url)
  const found = match(pathname.replace(/^\/api\/v1/, ''))
  if (found.length === 0) return problem(404, 'Il n’y a rien à cette adresse.')
  const method = request.method.toLowerCase()
  const here = found.find(({ operation }) => operation.method === method)
  if (!here) {
    const allow = found.map(({ operation }) => operation.method.toUpperCase()).join(', ')
    return problem(405, 'Cette adresse ne se demande pas ainsi.', {}, { allow })
  }
  const acting = { ...ctx, actor: bearer.actor }
  if (!scopes[here.operation.scope].permissions.every((permission) => can(acting.actor, permission)))
    return problem(403, `Cette clé n’a pas le droit « ${here.operation.scope} ».`)
  const asked = await read(here.operation, here.params, searchParams, request)
  return asked.ok ? once(acting, bearer.tokenId, request, here.operation, asked) : asked.response
}

async function stranger(ctx: AppContext, ip: string): Promise<Response> {
  if (!(await withinLimit(ctx, strangers, ip)))
    return problem(429, 'Trop d’essais sans clé valable.', {}, { 'retry-after': '600' })
  return problem(401, 'Cette adresse demande une clé valable.', {}, { 'www-authenticate': 'Bearer realm="Maillage"' })
}

interface Match {
  operation: Operation
  params: Record<string, string>
}

function match(path: string): Match[] {
  const parts = path.split('/')
  return operations.flatMap((operation) => {
    const wanted = operation.path.split('/')
    if (wanted.length !== parts.length) return []
    const params: Record<string, string> = {}
    for (const [index, piece] of wanted.entries()) {
      const name = /^\{(\w+)\}$/.exec(piece)?.[1]
      if (name) params[name] = parts[index]!
      else if (piece !== parts[index]) return []
    }
    return [{ operation, params }]
  })
}

type Read =
  | { ok: true; params: unknown; query: unknown; body: unknown; text: string }
  | { ok: false; response: Response }

const refused = (response: Response) => ({ ok: false as const, response })

/** Address, question and body against their schemas. */
async function read(
  { params, query, body }: Operation,
  inAddress: Record<string, string>,
  searchParams: URLSearchParams,
  request: Request,
): Promise<Read> {
  const here = params.safeParse(inAddress)
  if (!here.success) return refused(problem(404, 'Il n’y a rien à cette adresse.'))
  const asked = query.safeParse(
    Object.fromEntries([...searchParams.keys()].map((name) => [name, valueOf(searchParams, name)])),
  )
  if (!asked.success) return refused(problem(400, 'La question n’est pas lisible.', { fields: errorsOf(asked.error) }))
  if (!body) return { ok: true, params: here.data, query: asked.data, body: null, text: '' }
  const sent = await readJson(request)
  if (!sent.ok) return sent
  const said = body.schema.safeParse(sent.value)
  if (!said.success) return refused(problem(422, 'Des champs sont à corriger.', { fields: errorsOf(said.error) }))
  return { ok: true, params: here.data, query: asked.data, body: said.data, text: sent.text }
}

function valueOf(params: URLSearchParams, name: string): string | string[] {
  const values = params.getAll(name)
  return values.length === 1 ? values[0]! : values
}

async function readJson(request: Request) {
  if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? ''))
    return refused(problem(415, 'Le corps de la demande doit être du JSON.'))
  if (Number(request.headers.get('content-length') ?? 0) > BODY)
    return refused(problem(413, 'Cette demande est trop volumineuse.'))
  try {
    const text = await request.text()
    // no column of the database holds the null character
    if (text.includes('\\u0000')) return refused(problem(422, 'Un texte porte un signe qui ne s’écrit pas.'))
    return { ok: true as const, text, value: JSON.parse(text) as unknown }
  } catch {
    return refused(problem(400, 'Ce JSON n’est pas lisible.'))
  }
}

const KEY = /^[\x21-\x7e]{1,100}$/

/**
 * Runs it; under an « Idempotency-Key » a request that changes something is done once, and sent again gets the answer of the first
 * time. The answer is kept by the transaction that did the work.
 */
async function once(
  ctx: AppContext,
  tokenId: string,
  request: Request,
  operation: Operation,
  asked: { params: unknown; query: unknown; body: unknown; text: string },
): Promise<Response> {
  const key = request.headers.get('idempotency-key')
  if (operation.method === 'get' || key === null) return toResponse(operation, await run(ctx, operation, asked))
  if (!KEY.test(key)) return problem(400, 'La clé « Idempotency-Key » a cent signes au plus, sans espace.')
  const { pathname, search } = new URL(request.url)
  const requestHash = createHash('sha256')
    .update(`${request.method} ${pathname}${search}\n${asked.text}`)
    .digest('base64url')
  return ctx.db.transaction(async (tx) => {
    const row = { tokenId, key, requestHash, at: ctx.now() }
    const [mine] = await tx.insert(idempotencies).values(row).onConflictDoNothing().returning()
    if (!mine) return again(tx as Database, tokenId, key, requestHash)
    const done = await run({ ...ctx, db: tx as Database }, operation, asked)
    const { status, body } = plainAnswer(operation, done)
    const here = and(eq(idempotencies.tokenId, tokenId), eq(idempotencies.key, key))
    // what was refused changed nothing: the same key may try again, corrected
    if (done.ok) await tx.update(idempotencies).set({ status, body }).where(here)
    else await tx.delete(idempotencies).where(here)
    return json(status, body)
  })
}

async function again(tx: Database, tokenId: string, key: string, requestHash: string): Promise<Response> {
  const [known] = await tx
    .select()
    .from(idempotencies)
    .where(and(eq(idempotencies.tokenId, tokenId), eq(idempotencies.key, key)))
  if (known?.requestHash !== requestHash)
    return problem(422, 'Cette « Idempotency-Key » a déjà servi à une autre demande.')
  return json(known.status!, known.body, { 'idempotent-replayed': 'true' })
}

const run = (
  ctx: AppContext,
  operation: Operation,
  { params, query, body }: { params: unknown; query: unknown; body: unknown },
) => operation.run(ctx, { params, query, body } as never)

type Done = Awaited<ReturnType<Operation['run']>>

/** The schema of the answer keeps what it names: nothing leaves by accident. */
function plainAnswer(operation: Operation, done: Done): { status: number; body: unknown } {
  if (done.ok) return { status: operation.answer.status, body: operation.answer.schema.parse(done.value) }
  return { status: done.error.status, body: done.error }
}

function toResponse(operation: Operation, done: Done): Response {
  const { status, body } = plainAnswer(operation, done)
  return json(status, body)
}

const problem = (status: number, title: string, more: object = {}, headers: Record<string, string> = {}) =>
  json(status, { status, title, ...more }, headers)

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), {
    status,
    headers: {
      'content-type': status >= 400 ? 'application/problem+json; charset=utf-8' : 'application/json; charset=utf-8',
      'cache-control': 'private, no-store',
      ...headers,
    },
  })
