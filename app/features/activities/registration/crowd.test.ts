import { spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { sql } from 'drizzle-orm'
import type pg from 'pg'
import { expect, test } from 'vitest'
import type { AppContext } from '#app/platform/context.ts'
import { openDatabase } from '#app/platform/database.server.ts'
import { contextFor, freshDatabase, SECRET } from '#tests/context.ts'
import { makeActivity } from '../fixtures.ts'
import { leave } from './leave.server.ts'
import { newFormToken } from './links.server.ts'
import { register } from './register.server.ts'

interface Crowd {
  connection: pg.PoolConfig
  slug: string
  from: number
  count: number
}

/** A server process of its own; it registers its share when told. */
async function startProcess(crowd: Crowd) {
  const file = path.resolve('app/features/activities/registration/crowd-process.ts')
  const child = spawn(process.execPath, [file, JSON.stringify({ ...crowd, secret: SECRET })], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async () => String((await lines.next()).value)
  expect(await next()).toBe('ready')
  return async () => {
    child.stdin.end('go\n')
    return JSON.parse(await next()) as { tally: Record<string, number>; ms: number }
  }
}

const byStatus = async (ctx: AppContext, activityId: string) => {
  const { rows } = await ctx.db.execute<{ id: string; status: string; arrival: number }>(
    sql`select id, status, arrival from activities.attendance where activity_id = ${activityId} order by arrival`,
  )
  return rows
}

test('500 inscriptions à la fois pour 100 places, par deux processus : 100 confirmées et 400 en attente, dans l’ordre ; 10 annulations font monter les 10 premières', async () => {
  const { connection, drop } = await freshDatabase()
  const handle = openDatabase(connection, { max: 10 })
  try {
    const ctx = contextFor(handle.db)
    const activity = await makeActivity(ctx, { capacityOnsite: 100 })
    const share = { connection, slug: activity.slug, count: 250 }
    const go = await Promise.all([startProcess({ ...share, from: 0 }), startProcess({ ...share, from: 250 })])
    const told = await Promise.all(go.map((start) => start()))
    const rows = await byStatus(ctx, activity.id)
    expect(rows).toHaveLength(500)
    expect(rows.slice(0, 100).every(({ status }) => status === 'registered')).toBe(true)
    expect(rows.slice(100).every(({ status }) => status === 'waitlisted')).toBe(true)
    const said = (word: string) => told.reduce((sum, { tally }) => sum + (tally[word] ?? 0), 0)
    expect([said('confirmed'), said('waitlisted')]).toEqual([100, 400])

    const leaving = rows.slice(20, 30).map(({ id }) => id)
    await Promise.all(leaving.map((id) => leave(ctx, id)))
    const after = await byStatus(ctx, activity.id)
    expect(after.filter(({ status }) => status === 'cancelled').map(({ id }) => id)).toEqual(leaving)
    const first = (list: typeof rows, status: string) => list.filter((row) => row.status === status).map(({ id }) => id)
    expect(first(after, 'waitlisted')).toEqual(first(rows, 'waitlisted').slice(10))
    expect(first(after, 'registered')).toHaveLength(100)
    const { rows: mails } = await ctx.db.execute<{ entity_id: string }>(
      sql`select entity_id from platform.mail where purpose = 'registration-moved-up'`,
    )
    expect(mails.map(({ entity_id }) => entity_id).sort()).toEqual(first(rows, 'waitlisted').slice(0, 10).sort())
  } finally {
    await handle.close()
    await drop()
  }
}, 60_000)

test('le même formulaire parti vingt fois à la fois ne fait qu’une inscription', async () => {
  const { connection, drop } = await freshDatabase()
  const handle = openDatabase(connection, { max: 10 })
  try {
    const ctx = contextFor(handle.db)
    const activity = await makeActivity(ctx)
    const form = {
      slug: activity.slug,
      givenName: 'Nadia',
      familyName: 'Roussel',
      email: 'nadia@exemple.test',
      organisation: null,
      function: null,
      profileId: null,
      departementId: null,
      mode: null,
      answers: {},
      accessibilityNeeds: null,
      consents: [],
      formToken: newFormToken(ctx),
    }
    const results = await Promise.all(Array.from({ length: 20 }, () => register(ctx, form)))
    expect(new Set(results.map((result) => result.ok && result.value.shown))).toEqual(new Set(['confirmed']))
    expect(await byStatus(ctx, activity.id)).toHaveLength(1)
    const { rows } = await ctx.db.execute(sql`select id from directory.person`)
    expect(rows).toHaveLength(1)
  } finally {
    await handle.close()
    await drop()
  }
})
