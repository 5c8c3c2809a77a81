import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { drawQr } from '#app/features/activities/check-in/qr.server.ts'
import { doorLinks, makeDoorLink } from '#app/features/activities/check-in/links.server.ts'
import { makeActivity, makeAttendance, makePerson } from '#app/features/activities/fixtures.ts'
import type { AppContext } from '#app/platform/context.ts'
import { openDatabase } from '#app/platform/database.server.ts'
import { readOrMakeSecret } from '#app/platform/settings.server.ts'
import { signCode } from '#app/platform/signed-link.server.ts'
import { contextFor, freshDatabase } from '../context.ts'
import { temporaryFolder } from '../engine/processes.ts'
import { type Served, serve, urlOf } from '../process/serve.ts'
import { launchBrowser } from '../ui/browser.ts'

const PLACES = 80
const closing: (() => Promise<unknown>)[] = []
const troubles: string[] = []
let served: Served
let browser: Browser
let ctx: AppContext
let activityId: string
let rows: string[]
let doors: string[]

beforeAll(async () => {
  const { connection, drop } = await freshDatabase()
  served = await serve({ env: { DATABASE_URL: urlOf(connection), DATA_DIR: temporaryFolder() } })
  const { db, close } = openDatabase(connection, { max: 2 })
  const secret = await readOrMakeSecret(db, () => '')
  ctx = { ...contextFor(db, { now: new Date() }), secret, baseUrl: served.url }
  await fillRoom()
  const film = path.join(temporaryFolder(), 'billet.y4m')
  writeFileSync(film, filmOf(signCode(secret, 'check-in', { id: rows.at(-1)!, version: 1 })))
  const camera = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream']
  browser = await launchBrowser({ args: [...camera, `--use-file-for-fake-video-capture=${film}`] })
  closing.push(
    () => browser.close(),
    close,
    () => served.stop(),
    drop,
  )
}, 90_000)

afterAll(async () => {
  for (const close of closing) await close()
}, 30_000)

/** Eighty people expected today, and the doors of two helpers. */
async function fillRoom() {
  const startsAt = ctx.now()
  const sessions = [{ startsAt, endsAt: new Date(startsAt.getTime() + 3_600_000) }]
  activityId = (await makeActivity(ctx, { title: 'Le forum', sessions, capacityOnsite: 100 })).id
  rows = []
  for (let n = 0; n < PLACES; n++) {
    const personId = await makePerson(ctx, { givenName: 'Éloïse', familyName: `Nº${String(n).padStart(3, '0')}` })
    rows.push((await makeAttendance(ctx, { activityId, personId, status: 'registered' })).id)
  }
  for (const label of ['Entrée', 'Cour']) await makeDoorLink(ctx, { activityId, label })
  doors = (await doorLinks(ctx, activityId))!.map(({ address }) => new URL(address!).pathname)
}

/** A camera before which somebody holds a ticket: grey levels, then two planes without colour. */
function filmOf(text: string): Buffer {
  const [width, height] = [640, 480]
  const { side, path: drawn } = drawQr(text)
  const scale = Math.floor(height / side)
  const grey = Buffer.alloc(width * height, 230)
  for (const [, x, y, length] of drawn.matchAll(/M(\d+) (\d+)h(\d+)v/g))
    for (let line = Number(y) * scale; line < (Number(y) + 1) * scale; line++)
      grey.fill(20, line * width + Number(x) * scale, line * width + (Number(x) + Number(length)) * scale)
  const frame = [Buffer.from('FRAME\n'), grey, Buffer.alloc((width * height) / 2, 128)]
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`), ...frame, ...frame])
}

async function openDevice(door: string): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({
    locale: 'fr-FR',
    baseURL: served.url,
    viewport: { width: 375, height: 800 },
    hasTouch: true,
  })
  const page = await context.newPage()
  page.on('pageerror', (error) => troubles.push(error.message))
  page.setDefaultTimeout(10_000)
  await page.goto(door)
  await page.locator('[data-kept]').waitFor()
  return { context, page }
}

/** Touches the row of each, one after the other, as fast as the page takes them. */
async function touch(page: Page, ids: readonly string[]) {
  await page.evaluate((list) => {
    for (const id of list) document.querySelector<HTMLElement>(`[data-row="${id}"] > button:not(.button)`)!.click()
  }, ids)
}

const count = (page: Page, present: number, expected = PLACES) =>
  page.getByText(`${present} / ${expected}`, { exact: true }).waitFor()

async function present() {
  const { rows: found } = await ctx.db.execute<{ people: number; rows: number; entered: number; traces: number }>(sql`
    select count(distinct person_id) filter (where status = 'present')::int as people, count(*)::int as rows,
      (select count(*)::int from activities.check_in_gesture where outcome = 'entered') as entered,
      (select count(*)::int from platform.change where action = 'attendance.checked-in') as traces
    from activities.attendance where activity_id = ${activityId}`)
  return found[0]
}

test('une salle de quatre-vingts pointée par deux téléphones, le réseau coupé au milieu, la page rouverte hors connexion', {
  timeout: 60_000,
}, async () => {
  const [entrance, yard] = [await openDevice(doors[0]!), await openDevice(doors[1]!)]
  await touch(entrance.page, rows.slice(0, 20))
  await count(entrance.page, 20)
  await count(yard.page, 20)

  await entrance.context.setOffline(true)
  await touch(entrance.page, rows.slice(20, 40))
  await addPerson(entrance.page)
  await entrance.page.getByText(/^21\sgestes en attente, hors connexion depuis \d/).waitFor()
  // The other device knows nothing of them: five of the same come in by the yard.
  await touch(yard.page, rows.slice(35, 60))
  await count(yard.page, 45)

  await entrance.page.reload()
  await entrance.page.getByText(/^21\sgestes en attente/).waitFor()
  await count(entrance.page, 41, PLACES + 1)
  await touch(entrance.page, rows.slice(60, 70))
  await entrance.page.getByText(/^31\sgestes en attente/).waitFor()

  await entrance.context.setOffline(false)
  await entrance.page.getByText('Tout est enregistré').waitFor()
  await count(entrance.page, 71, PLACES + 1)
  expect(await entrance.page.locator('.check-in-settle li', { hasText: ' est déjà là, depuis ' }).count()).toBe(5)

  await touch(yard.page, rows.slice(70, -1))
  await count(yard.page, 80, PLACES + 1)
  await yard.page.getByRole('button', { name: 'Lire les billets' }).click()
  await yard.page.getByText('Bienvenue, Éloïse Nº079').waitFor()
  await count(entrance.page, 81, PLACES + 1)
  await expect.poll(present).toEqual({ people: 81, rows: 81, entered: 80, traces: 80 })
  expect(troubles).toEqual([])
})

async function addPerson(page: Page) {
  await page.getByText('Venue sans inscription').click()
  await page.getByLabel('Prénom').fill('Marie')
  await page.getByLabel('Nom', { exact: true }).fill('Dupont')
  await page.getByRole('button', { name: 'Ajouter et faire entrer' }).click()
}

test('un nom tapé de travers se trouve, une entrée s’annule, un lien retiré ferme l’appareil et l’oublie', {
  timeout: 30_000,
}, async () => {
  const { page } = await openDevice(doors[1]!)
  await page.getByLabel('Chercher un nom ou une organisation').fill('eloise no012')
  await page.getByRole('button', { name: 'Annuler l’entrée de Éloïse Nº012' }).click()
  await count(page, 80, PLACES + 1)
  await expect.poll(async () => (await present())!.people).toBe(80)
  await ctx.db.execute(sql`update activities.check_in_link set revoked_at = now()`)
  await page.getByText('Accueil fermé sur cet appareil').waitFor()
  expect(await page.locator('.check-in-list').count()).toBe(0)
  const kept = await page.evaluate(async () => {
    const [{ name }] = (await indexedDB.databases()) as [{ name: string }]
    const open = indexedDB.open(name)
    const database = await new Promise<IDBDatabase>((resolve) => (open.onsuccess = () => resolve(open.result)))
    const all = database.transaction('list').objectStore('list').getAll()
    return new Promise<unknown[]>((resolve) => (all.onsuccess = () => resolve(all.result)))
  })
  expect(kept).toEqual([])
  // Another page than a door lends the camera to nobody.
  const { headers } = await fetch(`${served.url}/agenda`)
  expect(headers.get('permissions-policy')).toContain('camera=()')
})
