import type { IncomingMessage, ServerResponse } from 'node:http'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import type { PoolConfig } from 'pg'
import type { ServerBuild } from 'react-router'
import sirv from 'sirv'
import type { House, HouseOptions } from '#app/house.server.ts'
import type { Settings } from './settings.ts'
import { projectDir } from './settings.ts'
import type { Respond } from './web.ts'

export interface PagesOptions
  extends Pick<Settings, 'filesDir' | 'smtpUrl' | 'mailFrom' | 'demo' | 'identityProvider'> {
  connection: PoolConfig
  /** The database is this process's own. */
  alone: boolean
  baseUrl: string
  /** Pages compiled on the fly from the sources, reread as they change. */
  development: boolean
  say: (sentence: string) => void
}

export interface Pages {
  assets: (request: IncomingMessage, response: ServerResponse, next: () => void) => void
  respond: Respond
  setUpPath: string | null
  close(): Promise<void>
}

type Entry = { openHouse(options: HouseOptions): Promise<House> }

const entryOf = (build: ServerBuild) => build.entry.module as unknown as Entry

export function openPages(options: PagesOptions): Promise<Pages> {
  return options.development ? openSources(options) : openBuild(options)
}

async function openBuild(options: PagesOptions): Promise<Pages> {
  const folder = path.join(projectDir, 'build')
  const build = (await import(pathToFileURL(path.join(folder, 'server/index.js')).href)) as ServerBuild
  const house = await entryOf(build).openHouse({ ...options, build })
  // Names under /assets follow the content, so they are kept for ever.
  const assets = sirv(path.join(folder, 'client'), {
    etag: true,
    setHeaders: (response, pathname) => {
      response.setHeader('x-content-type-options', 'nosniff')
      response.setHeader(
        'cache-control',
        pathname.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'public, max-age=3600',
      )
    },
  })
  return { assets, respond: house.respond, setUpPath: house.setUpPath, close: house.close }
}

async function openSources(options: PagesOptions): Promise<Pages> {
  const { createServer } = await import('vite')
  const vite = await createServer({ server: { middlewareMode: true }, appType: 'custom', root: projectDir })
  const load = () => vite.ssrLoadModule('virtual:react-router/server-build') as Promise<ServerBuild>
  let build = await load()
  let house = entryOf(build).openHouse({ ...options, build })
  const { setUpPath } = await house
  const respond: Respond = async (request, ip) => {
    const fresh = await load()
    if (entryOf(fresh) !== entryOf(build)) {
      const former = house
      build = fresh
      house = former
        .then(({ close }) => close())
        .then(() => entryOf(fresh).openHouse({ ...options, build: fresh, again: true }))
    }
    return (await house).respond(request, ip)
  }
  const close = async () => {
    await (await house).close()
    // Vite waits for browsers that stay connected: the database must be stopped before our ten seconds are over.
    await Promise.race([vite.close(), wait(1_000)])
  }
  return { assets: vite.middlewares, respond, setUpPath, close }
}
