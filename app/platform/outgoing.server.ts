import { lookup as resolve } from 'node:dns'
import { request as http } from 'node:http'
import { request as https, type RequestOptions } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'

/**
 * A request to an address that somebody typed in the office. It reaches public machines only, whatever their name says at that
 * moment (the address that was checked is the one that is called), follows no redirection, and is not waited for long.
 */
export interface OutgoingPost {
  url: string
  body: string
  headers: Record<string, string>
  /** For tests: machines of the house's own network are reached too. */
  reachesPrivate?: boolean
}

export type Outgoing =
  | { type: 'answered'; status: number }
  | { type: 'refused'; why: 'not-https' | 'private' }
  | { type: 'unreachable'; why: 'timeout' | 'name' | 'certificate' | 'connection' }

const TIMEOUT = 10_000
const MOST_READ = 65_536

/** Not the open internet: our own network, this machine, the cloud's own service, a tunnel that leads there. */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false
  const address = ipaddr.process(text)
  return address.range() === 'unicast'
}

/** What can be refused before anything is sent. */
export function refusedUrl(text: string): 'unreadable' | 'not-https' | 'private' | null {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || url.username || url.password) return 'unreadable'
  if (url.protocol !== 'https:') return 'not-https'
  const host = hostOf(url)
  if (isIP(host) ? !isPublicAddress(host) : !host.includes('.') || /\.(local|internal|localhost)$/.test(host))
    return 'private'
  return null
}

const hostOf = (url: URL) => url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')

export async function postOutside({
  url: text,
  body,
  headers,
  reachesPrivate = false,
}: OutgoingPost): Promise<Outgoing> {
  const refused = refusedUrl(text)
  if (refused && !reachesPrivate) return { type: 'refused', why: refused === 'not-https' ? 'not-https' : 'private' }
  const url = new URL(text)
  const options: RequestOptions = {
    method: 'POST',
    headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    agent: false,
    signal: AbortSignal.timeout(TIMEOUT),
    ...(reachesPrivate ? {} : { lookup: publicLookup }),
  }
  return new Promise((done) => {
    const sent = (url.protocol === 'https:' ? https : http)(url, options, (response) => {
      let read = 0
      response.on('data', (chunk: Buffer) => {
        read += chunk.length
        if (read > MOST_READ) response.destroy()
      })
      response.on('close', () => done({ type: 'answered', status: response.statusCode ?? 0 }))
      response.on('error', () => {})
    })
    sent.on('error', (error) => done(troubleOf(error as NodeJS.ErrnoException)))
    sent.end(body)
  })
}

class Private extends Error {}

/** The name is resolved once, and every address it gives must be public: a name that changes between two looks gains nothing. */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '')
    if (addresses.length === 0 || addresses.some(({ address }) => !isPublicAddress(address)))
      return callback(new Private('not public') as NodeJS.ErrnoException, '')
    if (options.all) callback(null, addresses)
    else callback(null, addresses[0]!.address, addresses[0]!.family)
  })
}

function troubleOf(error: NodeJS.ErrnoException): Outgoing {
  if (error instanceof Private) return { type: 'refused', why: 'private' }
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return { type: 'unreachable', why: 'timeout' }
  if (error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN') return { type: 'unreachable', why: 'name' }
  if (/CERT|SSL|TLS|ALTNAME/.test(error.code ?? '')) return { type: 'unreachable', why: 'certificate' }
  return { type: 'unreachable', why: 'connection' }
}
