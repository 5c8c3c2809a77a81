import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, expect, test, vi } from 'vitest'
import { isRoot, temporaryFolder } from '../engine/processes.ts'
import { killDatabase, publishOne, withHouse } from './house.ts'
import { type Served, serve } from './serve.ts'
import { openForm, Visitor } from './visitor.ts'

const mounted: string[] = []
let running: Served | null = null
afterAll(async () => {
  await running?.stop()
  for (const place of mounted) spawnSync('umount', ['-l', place])
})

const registeredIn = (dataDir: string) =>
  withHouse(dataDir, async ({ db }) => {
    const { rows } = await db.execute<{ email: string }>(
      sql`select p.email from activities.attendance a join directory.person p on p.id = a.person_id`,
    )
    return new Set(rows.map(({ email }) => email))
  })

interface Said {
  promised: string[]
  /** Status and text of every other answer. */
  others: { status: number; text: string }[]
}

/** One visitor after the other, until told to stop; each tries once. */
async function visit(
  { url, slug, lane }: { url: string; slug: string; lane: number },
  said: Said,
  goesOn: () => boolean,
) {
  for (let n = 0; goesOn(); n += 1) {
    const number = lane * 100_000 + n
    const visitor = new Visitor(number)
    const page = await visitor.get(`${url}/agenda/${slug}/inscription`)
    if (page.status !== 200) said.others.push(page)
    else {
      const form = await openForm(visitor, url, slug, number).catch(() => null)
      const answer = form && (await visitor.post(`${url}/agenda/${slug}/inscription`, form))
      if (answer?.status === 303) said.promised.push(form!.email)
      else if (answer) said.others.push(answer)
    }
    visitor.close()
  }
}

const expectPlain = (said: Said) => {
  const strange = said.others.filter(
    ({ status, text }) => status !== 503 || !text.includes('Rien de ce qui a été confirmé n’est perdu'),
  )
  expect(strange.map(({ status, text }) => `${status} ${text.slice(0, 200)}`)).toEqual([])
}

test('la base tuée trois fois sous les inscriptions : une page claire, puis tout revient de soi-même', {
  timeout: 400_000,
}, async () => {
  const dataDir = path.join(temporaryFolder(), 'data')
  running = await serve({ env: { DATA_DIR: dataDir, TRUST_PROXY: '1' } })
  const { url } = running
  const { slug } = await withHouse(dataDir, (ctx) => publishOne(ctx, 10))
  const said: Said = { promised: [], others: [] }
  let over = false
  const lanes = [1, 2, 3].map((lane) => visit({ url, slug, lane }, said, () => !over))
  const promisedMore = (count: number) => {
    const goal = said.promised.length + count
    return vi.waitFor(() => expect(said.promised.length).toBeGreaterThanOrEqual(goal), { timeout: 90_000 })
  }
  for (let time = 0; time < 3; time += 1) {
    await promisedMore(15)
    const before = said.others.length
    killDatabase(dataDir)
    await vi.waitFor(() => expect(said.others.length).toBeGreaterThan(before), { timeout: 90_000 })
  }
  await promisedMore(15)
  over = true
  await Promise.all(lanes)
  expectPlain(said)
  const kept = await registeredIn(dataDir)
  expect(said.promised.filter((email) => !kept.has(email))).toEqual([])
  expect(await running.stop()).toBe(0)
  running = null
})

test.runIf(isRoot)(
  'le disque se remplit sous les inscriptions : une page claire, puis tout revient avec la place',
  {
    timeout: 400_000,
  },
  async (context) => {
    const place = temporaryFolder()
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=900m,mode=755', 'tmpfs', place]).status !== 0)
      return context.skip('cette machine ne laisse pas monter de petit disque')
    mounted.push(place)
    const dataDir = path.join(place, 'data')
    running = await serve({ env: { DATA_DIR: dataDir, TRUST_PROXY: '1' } })
    const { url } = running
    const { slug } = await withHouse(dataDir, (ctx) => publishOne(ctx, 10))
    const said: Said = { promised: [], others: [] }
    let over = false
    const lanes = [1, 2].map((lane) => visit({ url, slug, lane }, said, () => !over))
    await vi.waitFor(() => expect(said.promised.length).toBeGreaterThan(10), { timeout: 90_000 })
    const large = path.join(place, 'gros')
    spawnSync('dd', ['if=/dev/zero', `of=${large}`, 'bs=1M'])
    await vi.waitFor(() => expect(said.others.length).toBeGreaterThan(3), { timeout: 90_000 })
    writeFileSync(large, '')
    rmSync(large)
    const goal = said.promised.length + 20
    await vi.waitFor(() => expect(said.promised.length).toBeGreaterThan(goal), { timeout: 90_000 })
    over = true
    await Promise.all(lanes)
    const kept = await registeredIn(dataDir)
    expect(said.promised.filter((email) => !kept.has(email))).toEqual([])
    expect(
      said.others.filter(({ status, text }) => status < 500 || !/[éèà]/.test(text)).map(({ status }) => status),
    ).toEqual([])
    expect(await running.stop()).toBe(0)
    running = null
  },
)
