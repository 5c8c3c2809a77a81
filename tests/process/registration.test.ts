import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { makeActivity } from '#app/features/activities/fixtures.ts'
import { openDatabase } from '#app/platform/database.server.ts'
import { contextFor, freshDatabase } from '../context.ts'
import { temporaryFolder } from '../engine/processes.ts'
import { serve, urlOf } from './serve.ts'
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
