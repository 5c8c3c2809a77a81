import { randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { PoolConfig } from 'pg'
import { createRequestHandler, RouterContextProvider, type ServerBuild } from 'react-router'
import { actorOfSession, cookieRules, makeSetUpLink, readSessionCookie } from './features/accounts/index.server.ts'
import { loadTerritories } from './features/territory/index.server.ts'
import { allImports } from './imports.server.ts'
import { jobHandlers } from './jobs.server.ts'
import { allPanels } from './panels.server.ts'
import { allPersonalData } from './personal-data.server.ts'
import { type AppContext, type IdentityProvider, systemActor, visitor } from './platform/context.ts'
import { type DatabaseHandle, isDatabaseAway, openDatabase } from './platform/database.server.ts'
import { startJobs } from './platform/jobs-runner.server.ts'
import { importKinds } from './platform/imports.ts'
import { reportError } from './platform/log.server.ts'
import { makeMailHandler, openMailTransport } from './platform/mailer.server.ts'
import { panelSources } from './platform/panels.server.ts'
import { personalDataSources } from './platform/personal-data.server.ts'
import { requestContext, webRequest } from './platform/request-context.server.ts'
import { readOrMakeSecret } from './platform/settings.server.ts'
import { guarded, limitBody, unavailable } from './platform/web-guard.server.ts'

export interface HouseOptions {
  /** The pages: the build that holds this very file. */
  build: ServerBuild | (() => Promise<ServerBuild>)
  connection: PoolConfig
  baseUrl: string
  filesDir: string
  smtpUrl?: string
  mailFrom?: string
  demo?: boolean
  /** The database is this process's own. */
  alone?: boolean
  /** Where the team may also show who it is. */
  identityProvider?: IdentityProvider | null
  /** The pages of the same process, read again as they changed: the link already printed must stay good. */
  again?: boolean
  say?: (sentence: string) => void
}

export interface House {
  respond(request: Request, ip: string): Promise<Response>
  /** Where the first account is made; null once there is one. */
  setUpPath: string | null
  close(): Promise<void>
}

/** Opens the application on a migrated database: pages, jobs, and what a new house needs to work at once. */
export async function openHouse(options: HouseOptions): Promise<House> {
  const handle = openDatabase(options.connection)
  try {
    const secret = await readOrMakeSecret(handle.db, () => randomBytes(48).toString('base64url'))
    const { baseUrl, filesDir, identityProvider = null } = options
    const outside = { baseUrl, secret, filesDir, identityProvider }
    const house = (): AppContext => ({
      ...outside,
      db: handle.db,
      actor: systemActor('Maillage'),
      now: () => new Date(),
    })
    await loadTerritories(handle.db, new Date(), { say: options.say })
    if (options.demo) await openDemonstration(house(), options.say)
    const work = await startWork(options, handle, house)
    const close = async () => {
      await work.stop()
      await handle.close()
    }
    return {
      respond: responder(options, handle, outside),
      setUpPath: options.again ? null : await makeSetUpLink(house()),
      close,
    }
  } catch (error) {
    await handle.close()
    throw error
  }
}

/** Loaded once, in an empty house; who may sign in is said at each start. */
async function openDemonstration(ctx: AppContext, say: (sentence: string) => void = () => {}) {
  const { demoWelcome, loadDemo } = await import('./demo/demo.server.ts')
  await loadDemo(ctx, say)
  for (const line of demoWelcome()) say(line)
}

/** Jobs and mails, until `stop`. */
async function startWork(
  { connection, smtpUrl, mailFrom, alone }: HouseOptions,
  { pool }: DatabaseHandle,
  makeContext: () => AppContext,
) {
  const mail = smtpUrl ? openMailTransport({ smtpUrl, mailFrom }) : null
  const handlers = [...jobHandlers, makeMailHandler(mail)]
  const jobs = await startJobs({
    connection,
    pool,
    handlers,
    makeContext,
    alone,
    onError: (error) => reportError(error),
  })
  const stop = async () => {
    await jobs.stop()
    mail?.close()
  }
  return { stop }
}

type Outside = Pick<AppContext, 'baseUrl' | 'secret' | 'filesDir' | 'identityProvider'>

function responder({ build }: HouseOptions, handle: DatabaseHandle, outside: Outside): House['respond'] {
  const render = createRequestHandler(build, process.env.NODE_ENV === 'development' ? 'development' : 'production')
  return async (request, ip) => {
    if (new URL(request.url).pathname === '/sante') return health(handle)
    return guarded(request, async (nonce) => {
      try {
        const context = await provide(request, { ip, nonce, handle, outside })
        const response = await render(limitBody(request), context)
        return response.status === 500 && context.get(webRequest).databaseAway ? unavailable() : response
      } catch (error) {
        if (isDatabaseAway(error)) return unavailable()
        throw error
      }
    })
  }
}

interface Around {
  ip: string
  nonce: string
  handle: DatabaseHandle
  outside: Outside
}

/** What the pages know of a request: who asks, when, from where. */
async function provide(request: Request, { ip, nonce, handle, outside }: Around): Promise<RouterContextProvider> {
  const now = new Date()
  const sessionToken = readSessionCookie(request.headers.get('cookie'), cookieRules(outside))
  const actor = (sessionToken && (await actorOfSession(handle.db, sessionToken, now))) || visitor
  const context = new RouterContextProvider()
  context.set(requestContext, { ...outside, db: handle.db, actor, now: () => new Date(), requestId: randomUUID() })
  context.set(webRequest, {
    ip,
    nonce,
    sessionToken,
    userAgent: request.headers.get('user-agent')?.slice(0, 300) ?? '',
  })
  context.set(panelSources, allPanels)
  context.set(importKinds, allImports)
  context.set(personalDataSources, allPersonalData)
  return context
}

async function answers({ db }: DatabaseHandle): Promise<boolean> {
  return db.execute(sql`select 1`).then(
    () => true,
    () => false,
  )
}

async function health(handle: DatabaseHandle): Promise<Response> {
  const well = await answers(handle)
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }
  return new Response(well ? 'en marche\n' : 'base de données injoignable\n', { status: well ? 200 : 503, headers })
}
