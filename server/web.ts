import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { createRequest, sendResponse } from '@remix-run/node-fetch-server'
import compression from 'compression'
import { misdirected } from '#app/platform/web-guard.server.ts'

export type Respond = (request: Request, ip: string) => Promise<Response>
type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void

export interface WebOptions {
  baseUrl: string
  /** The proxy in front gives the visitor's address in X-Forwarded-For. */
  trustProxy: boolean
  /** Files of the build, or those of Vite in development. */
  assets: Middleware
  respond: Respond
}

const compress = compression({ threshold: 1024 }) as unknown as Middleware

/** From Node's requests to the application's: files first, then pages, compressed, for our own names only. */
export function webListener({ baseUrl, trustProxy, assets, respond }: WebOptions): RequestListener {
  const { host, protocol } = new URL(baseUrl)
  return (request, response) => {
    const asked = request.headers.host ?? ''
    const ours = asked === host
    if (!ours && !isLoopback(asked)) return void sendResponse(response, misdirected())
    const address = ours ? { host, protocol } : { host: asked, protocol: 'http:' }
    compress(request, response, () =>
      assets(request, response, () => void answer(request, response, address, ipOf(request, trustProxy), respond)),
    )
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  address: { host: string; protocol: string },
  ip: string,
  respond: Respond,
): Promise<void> {
  try {
    await sendResponse(response, await respond(createRequest(request, response, address), ip))
    if (!request.complete && response.shouldKeepAlive) letThrough(request)
  } catch {
    // The visitor left, or the answer had begun: what was wrong has been reported where it happened.
    response.destroy()
  }
}

const MOST_UNREAD = 30_000_000

/**
 * A form answered before it was read (its session was over): the rest of it is let through, or the next request of the same
 * connection, which comes behind it, would never be heard.
 */
function letThrough(request: IncomingMessage): void {
  let left = MOST_UNREAD
  request.removeAllListeners('data')
  request.on('data', (chunk: Buffer) => {
    left -= chunk.length
    if (left < 0) request.destroy()
  })
  request.resume()
}

const isLoopback = (host: string) => /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(host)

/** The last address of X-Forwarded-For is the one our proxy saw; earlier ones may be invented. */
function ipOf(request: IncomingMessage, trustProxy: boolean): string {
  const forwarded = trustProxy ? request.headers['x-forwarded-for'] : undefined
  const last = [forwarded ?? []].flat().join(',').split(',').at(-1)?.trim()
  return last || (request.socket.remoteAddress ?? 'inconnue').replace(/^::ffff:/, '')
}

/** Listens before anything else is started: a taken port is known at once. */
export function listen(listener: RequestListener, host: string, port: number): Promise<Server> {
  const server = createServer({ requestTimeout: 120_000, headersTimeout: 20_000, keepAliveTimeout: 20_000 }, listener)
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve(server))
  })
}

/** Requests under way end, idle connections close; after `patience` milliseconds the others are cut. */
export function closeServer(server: Server, patience: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), patience)
    server.close(() => {
      clearTimeout(cut)
      resolve()
    })
    server.closeIdleConnections()
  })
}
