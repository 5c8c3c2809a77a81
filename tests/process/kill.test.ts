import { once } from 'node:events'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, expect, test, vi } from 'vitest'
import { makeToken } from '#app/features/api/tokens.server.ts'
import { checkImport, confirmImport } from '#app/features/directory/imports/change-import.server.ts'
import { importById } from '#app/features/directory/imports/import-record.server.ts'
import { peopleKind } from '#app/features/directory/imports/people-kind.server.ts'
import { startImport, usualChoices } from '#app/features/directory/imports/start-import.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import { temporaryFolder } from '../engine/processes.ts'
import { killDatabase, publishOne, withHouse } from './house.ts'
import { type Served, serve } from './serve.ts'
import { openForm, Visitor } from './visitor.ts'

const ROUNDS = 50
const LINES = 2_000

/** A family name for a number: digits are not taken for a name. */
const inLetters = (n: number) => String(n).replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)]!)

/** What was answered, and so must be there at the end. */
interface Promised {
  registered: string[]
  /** Attendance rows ticked present. */
  ticked: string[]
  /** Family names added by a program, each under its own key; sent again after a cut until it is answered. */
  added: string[]
}

interface Target {
  url: string
  slug: string
  activityId: string
  key: string
}

async function asProgram({ url, key }: Target, line: string, body?: unknown, headers: Record<string, string> = {}) {
  const [method, where] = line.split(' ') as [string, string]
  const response = await fetch(`${url}/api/v1${where}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return {
    status: response.status,
    json: (await response.json()) as { id: string; items: { id: string; status: string }[] },
  }
}

/** Runs `step` again and again, until the server dies. */
async function untilCut(step: (n: number) => Promise<boolean>) {
  for (let n = 0; ; n += 1) {
    const goesOn = await step(n).catch(() => false)
    if (!goesOn) return
  }
}

const registers = ({ url, slug }: Target, lane: number, { registered }: Promised) =>
  untilCut(async (n) => {
    const number = lane * 10_000 + n
    const visitor = new Visitor(number)
    try {
      const form = await openForm(visitor, url, slug, number)
      const { status } = await visitor.post(`${url}/agenda/${slug}/inscription`, form)
      if (status === 303) registered.push(form.email)
      return status === 303
    } finally {
      visitor.close()
    }
  })

const ticks = (target: Target, { ticked }: Promised) =>
  untilCut(async () => {
    const { json } = await asProgram(target, `GET /activities/${target.activityId}/attendances`)
    const waiting = json.items.filter(({ status }) => status === 'registered').slice(0, 5)
    for (const { id } of waiting) {
      const where = `/activities/${target.activityId}/attendances/${id}`
      if ((await asProgram(target, `PUT ${where}`, { status: 'present' })).status !== 200) return false
      ticked.push(id)
    }
    await new Promise(setImmediate)
    return true
  })

/** The same name under the same key until it is answered: an answer that was lost is asked for again. */
const adds = (target: Target, { added }: Promised) =>
  untilCut(async () => {
    const familyName = `Programme ${added.length}`
    const body = { givenName: 'Ana', familyName, email: `programme-${added.length}@exemple.test`, confirmed: true }
    const { status } = await asProgram(target, 'POST /people', body, { 'idempotency-key': `ajout-${added.length}` })
    if (status === 201) added.push(familyName)
    return status === 201
  })

/** The program and its database, at once, as a power cut does. */
async function cut({ child }: Served, dataDir: string) {
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  killDatabase(dataDir)
  await ended
}

async function prepare(ctx: AppContext) {
  const { slug, id: activityId } = await publishOne(ctx, 5)
  const made = await makeToken(ctx, { name: 'Coupures', scopes: ['attendance:write', 'directory:write'], days: 2 })
  if (!made.ok) throw new Error(made.error.type)
  return { slug, activityId, key: made.value.token }
}

/** Asks for one more file to be taken over, and takes over those that were checked; jobs do the rest. */
async function feedImports(ctx: AppContext, asked: string[], number: number) {
  const last = asked.at(-1) ? await importById(ctx, asked.at(-1)!) : null
  if (last?.state === 'checked') await confirmImport(ctx, peopleKind, last.id)
  if (last && last.state !== 'done') return
  const lines = Array.from(
    { length: LINES },
    (_, n) => `Reprise ${inLetters(number)} ${inLetters(n)};Ana;import-${number}-${n}@exemple.test`,
  )
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'maillage-coupures-')), 'liste.csv')
  writeFileSync(file, ['Nom;Prénom;Courriel', ...lines].join('\n'))
  const started = await startImport(ctx, { kind: peopleKind, file: { path: file, name: 'liste.csv', size: 1 } })
  if (!started.ok) throw new Error(JSON.stringify(started.error))
  const { mapping } = (await importById(ctx, started.value.id))!
  await checkImport(ctx, peopleKind, started.value.id, { mapping, choices: usualChoices })
  asked.push(started.value.id)
}

let running: Served | null = null
afterAll(async () => void (await running?.stop()))

test('kill -9 de tout, cinquante fois sous une charge mêlée : rien de promis n’est perdu, rien n’est fait deux fois', {
  timeout: 900_000,
}, async () => {
  const dataDir = path.join(temporaryFolder(), 'data')
  const env = { DATA_DIR: dataDir, TRUST_PROXY: '1' }
  const promised: Promised = { registered: [], ticked: [], added: [] }
  const imports: string[] = []
  let known: Omit<Target, 'url'> | null = null
  for (let round = 0; round < ROUNDS; round += 1) {
    running = await serve({ env })
    known ??= await withHouse(dataDir, prepare)
    if (round % 4 === 0) await withHouse(dataDir, (ctx) => feedImports(ctx, imports, round))
    const target = { ...known, url: running.url }
    const goal = promised.registered.length + 2 + ((round * 5) % 7)
    const lanes = [
      registers(target, round * 2 + 1, promised),
      registers(target, round * 2 + 2, promised),
      ticks(target, promised),
      adds(target, promised),
    ]
    while (promised.registered.length < goal) await new Promise(setImmediate)
    await cut(running, dataDir)
    await Promise.all(lanes)
  }
  running = await serve({ env })
  await withHouse(dataDir, async (ctx) => {
    await everythingDone(ctx, imports)
    await checkPromises(ctx, promised)
    await checkImports(ctx, imports)
  })
  expect(await running.stop()).toBe(0)
  running = null
})

/** Jobs end: imports are taken over, mails are kept, nothing waits. */
async function everythingDone(ctx: AppContext, imports: readonly string[]) {
  await vi.waitFor(
    async () => {
      const last = await importById(ctx, imports.at(-1)!)
      if (last?.state === 'checked') await confirmImport(ctx, peopleKind, last.id)
      expect(last?.state).toBe('done')
      const { rows } = await ctx.db.execute<{ waiting: number }>(sql`select
        (select count(*) from platform.mail where status = 'waiting')::int
        + (select count(*) from platform.outbox where dispatched_at is null)::int as waiting`)
      expect(rows[0]!.waiting).toBe(0)
    },
    { timeout: 120_000, interval: 200 },
  )
}

async function checkPromises(ctx: AppContext, { registered, ticked, added }: Promised) {
  expect(registered.length).toBeGreaterThan(200)
  expect(ticked.length).toBeGreaterThan(50)
  expect(added.length).toBeGreaterThan(50)
  const { rows } = await ctx.db.execute<{ id: string; status: string; email: string; mails: number }>(sql`
    select n.id, n.status, p.email, (select count(*)::int from platform.mail m
      where m.entity_id = n.id::text and m.purpose = 'registration-confirmed' and m.status = 'kept') as mails
    from activities.attendance n join directory.person p on p.id = n.person_id`)
  const byEmail = new Set(rows.map(({ email }) => email))
  expect(registered.filter((email) => !byEmail.has(email))).toEqual([])
  expect(byEmail.size).toBe(rows.length)
  expect(rows.filter(({ mails }) => mails !== 1)).toEqual([])
  const present = new Set(rows.filter(({ status }) => status === 'present').map(({ id }) => id))
  expect(ticked.filter((id) => !present.has(id))).toEqual([])
  const { rows: programs } = await ctx.db.execute<{ name: string; times: number }>(sql`
    select family_name as name, count(*)::int as times from directory.person where family_name like 'Programme %' group by 1`)
  const times = new Map(programs.map((row) => [row.name, row.times]))
  expect(added.filter((name) => times.get(name) !== 1)).toEqual([])
  expect(programs.filter((row) => row.times !== 1)).toEqual([])
}

async function checkImports(ctx: AppContext, imports: readonly string[]) {
  const { rows } = await ctx.db.execute<{ people: number; emails: number; done: number }>(sql`select
    (select count(*) from directory.person where email like 'import-%')::int as people,
    (select count(distinct email) from directory.person where email like 'import-%')::int as emails,
    (select count(*) from directory.import where state = 'done')::int as done`)
  expect(rows[0]).toEqual({ people: imports.length * LINES, emails: imports.length * LINES, done: imports.length })
}
