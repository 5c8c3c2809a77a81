import { readFileSync } from 'node:fs'
import path from 'node:path'
import { once } from 'node:events'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { makeActivity } from '#app/features/activities/fixtures.ts'
import { openDatabase } from '#app/platform/database.server.ts'
import { joinEmbeddedPostgres } from '#app/platform/postgres/embedded.server.ts'
import { contextFor, freshDatabase } from '../context.ts'
import { killServer, temporaryFolder } from '../engine/processes.ts'
import { type Served, serve, urlOf } from './serve.ts'
import { openForm, Visitor } from './visitor.ts'

const soon = () => {
  const startsAt = new Date(Date.now() + 10 * 86_400_000)
  return [{ startsAt, endsAt: new Date(startsAt.getTime() + 3 * 3_600_000) }]
}

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)

test('500 formulaires envoyés à la fois à deux serveurs pour 100 places : 100 confirmés, 400 en attente, dans l’ordre', {
  timeout: 180_000,
}, async () => {
  const { connection, drop } = await freshDatabase()
  const env = { DATABASE_URL: urlOf(connection), DATA_DIR: temporaryFolder(), TRUST_PROXY: '1' }
  const first = await serve({ env })
  const servers = [first, await serve({ env })]
  const { db, close } = openDatabase(connection)
  try {
    const { slug, id } = await makeActivity(contextFor(db, { now: new Date() }), {
      capacityOnsite: 100,
      sessions: soon(),
    })
    const ready = []
    for (const number of numbers(500)) {
      const visitor = new Visitor(number)
      const url = servers[number % 2]!.url
      ready.push({ visitor, url, form: await openForm(visitor, url, slug, number) })
    }
    const answers = await Promise.all(
      ready.map(({ visitor, url, form }) => visitor.post(`${url}/agenda/${slug}/inscription`, form)),
    )
    const counts: Record<string, number> = {}
    for (const { status, location } of answers) {
      const answer = `${status} ${location?.split('envoi=')[1] ?? ''}`
      counts[answer] = (counts[answer] ?? 0) + 1
    }
    expect(counts).toEqual({ '303 confirmed': 100, '303 waitlisted': 400 })
    const { rows } = await db.execute<{ status: string }>(
      sql`select status from activities.attendance where activity_id = ${id} order by arrival`,
    )
    expect(rows.map(({ status }) => status)).toEqual([
      ...Array(100).fill('registered'),
      ...Array(400).fill('waitlisted'),
    ])
    for (const { visitor } of ready) visitor.close()
  } finally {
    await close()
    await Promise.all(servers.map(({ stop }) => stop()))
    await drop()
  }
})

/** Registers again and again until the server dies; what it answered is what it promised. */
async function registerUntilCut(url: string, slug: string, lane: number, promised: string[]) {
  for (let n = 0; ; n++) {
    const number = lane * 10_000 + n
    const visitor = new Visitor(number)
    try {
      const form = await openForm(visitor, url, slug, number)
      const { status, location } = await visitor.post(`${url}/agenda/${slug}/inscription`, form)
      if (status !== 303) return
      expect(location).toContain('envoi=')
      promised.push(form.email)
    } catch {
      return
    } finally {
      visitor.close()
    }
  }
}

/** The program and its database, at once, as a power cut does. */
async function cut({ child }: Served, dataDir: string) {
  const pid = Number(readFileSync(path.join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  killServer(pid)
  await ended
}

test('kill -9 de tout, vingt fois sous les inscriptions : aucune inscription confirmée n’est perdue', {
  timeout: 300_000,
}, async () => {
  const dataDir = path.join(temporaryFolder(), 'data')
  const env = { DATA_DIR: dataDir, TRUST_PROXY: '1' }
  const promised: string[] = []
  let slug = ''
  for (const round of numbers(20)) {
    const served = await serve({ env })
    if (slug === '') slug = await publishOne(dataDir)
    const goal = promised.length + 5 + ((round * 7) % 11)
    const lanes = numbers(4).map((lane) => registerUntilCut(served.url, slug, round * 4 + lane + 1, promised))
    while (promised.length < goal) await new Promise(setImmediate)
    await cut(served, dataDir)
    await Promise.all(lanes)
  }
  const served = await serve({ env })
  const kept = await registeredIn(dataDir)
  expect(promised.length).toBeGreaterThan(150)
  expect(promised.filter((email) => !kept.has(email))).toEqual([])
  expect(await served.stop()).toBe(0)
})

async function withEmbedded<Value>(
  dataDir: string,
  work: (db: ReturnType<typeof openDatabase>['db']) => Promise<Value>,
) {
  const joined = await joinEmbeddedPostgres({ dataDir })
  const { db, close } = openDatabase(joined.connection, { max: 2 })
  try {
    return await work(db)
  } finally {
    await close()
    await joined.stop()
  }
}

const publishOne = (dataDir: string) =>
  withEmbedded(
    dataDir,
    async (db) => (await makeActivity(contextFor(db, { now: new Date() }), { sessions: soon() })).slug,
  )

const registeredIn = (dataDir: string) =>
  withEmbedded(dataDir, async (db) => {
    const { rows } = await db.execute<{ email: string }>(sql`
      select p.email from activities.attendance a join directory.person p on p.id = a.person_id where a.status = 'registered'`)
    return new Set(rows.map(({ email }) => email))
  })
