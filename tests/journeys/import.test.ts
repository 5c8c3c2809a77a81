import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../ui/browser.ts'
import { type Demo, openDemo } from './lib/demo.ts'
import { messyContacts } from './lib/messy-contacts.ts'

/** An old Excel list, as a communication officer takes it over: tried, written, its rejects sent again, all of it undone. */
let demo: Demo
let browser: Browser

beforeAll(async () => {
  demo = await openDemo()
  browser = await launchBrowser()
}, 90_000)

afterAll(async () => {
  await browser.close()
  await demo.close()
}, 30_000)

const COUNT = 300
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const people = async () =>
  (await demo.client.query<{ n: number }>('select count(*)::int as n from directory.person')).rows[0]!.n

async function office(): Promise<Page> {
  const cookie = await demo.signIn('communication')
  const context = await browser.newContext({
    locale: 'fr-FR',
    baseURL: demo.url,
    acceptDownloads: true,
    reducedMotion: 'reduce',
  })
  await context.addCookies([{ name: 'maillage', value: cookie.split('=')[1]!, url: demo.url }])
  await context.addInitScript(axe)
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  return page
}

async function send(page: Page, name: string, buffer: Uint8Array) {
  await page.goto('/bureau/imports/nouveau')
  await page
    .getByLabel('Fichier', { exact: true })
    .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(buffer) })
  await page.getByRole('button', { name: 'Envoyer' }).click()
  await page.waitForURL(/\/bureau\/imports\/[0-9a-f-]{36}$/)
}

/** Colours are looked at once they have settled. */
async function troublesOf(page: Page): Promise<string[]> {
  await page.waitForFunction('document.getAnimations().length === 0')
  const { violations } = (await page.evaluate('axe.run("main")')) as AxeResults
  return violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)
}

const countOf = async (page: Page, word: string) =>
  Number((await page.locator('.import-counts li', { hasText: word }).locator('b').innerText()).replace(/\D/g, ''))

test('une vieille liste de 300 contacts est comprise, essayée, reprise, ses rejets corrigés et renvoyés, puis tout est annulé', {
  timeout: 180_000,
}, async () => {
  const before = await people()
  const { file, wrong } = await messyContacts(COUNT)
  const page = await office()
  await send(page, 'contacts 2019.xlsx', file)
  // the title line did not deceive it
  expect(await page.getByLabel('Ligne des titres').inputValue()).toBe('3')
  expect(await page.getByLabel('Contenu de « E-mail pro »').inputValue()).toBe('email')
  expect(await page.getByLabel('Contenu de « Poste »').inputValue()).toBe('function')
  expect(await troublesOf(page)).toEqual([])
  await page.getByRole('button', { name: 'Vérifier le fichier' }).click()

  const confirm = page.getByRole('button', { name: /^Reprendre/ })
  await confirm.waitFor({ timeout: 60_000 })
  expect(await countOf(page, 'rejetée')).toBe(wrong)
  expect(await people()).toBe(before)
  expect(await troublesOf(page)).toEqual([])
  await confirm.click()
  const undo = page.getByText('Annuler tout l’import…')
  await undo.waitFor({ timeout: 60_000 })
  const added = await countOf(page, 'ajoutée')
  expect(await people()).toBe(before + added)
  expect(
    (
      await demo.client.query(
        `select from directory.person where family_name ~ '^[A-Z]{4,}' and email like 'c%@exemple.fr'`,
      )
    ).rowCount,
  ).toBe(0)
  const first = page.url()

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Rejets, CSV' }).click(),
  ])
  const rejects = parse(readFileSync(await download.path()), {
    bom: true,
    delimiter: ';',
    relax_column_count: true,
  }) as string[][]
  expect(rejects).toHaveLength(wrong + 1)
  const mended = rejects.map((row) => row.map((text) => text.replace(/^contact (\d+) @exemple$/, 'c$1@exemple.fr')))
  await send(page, 'contacts 2019 corrigés.csv', Buffer.from(`\ufeff${stringify(mended, { delimiter: ';' })}`))
  await page.getByRole('button', { name: 'Vérifier le fichier' }).click()
  await confirm.waitFor({ timeout: 60_000 })
  expect(await countOf(page, 'rejetée')).toBe(0)
  await confirm.click()
  await undo.waitFor({ timeout: 60_000 })
  expect(await people()).toBe(before + added + wrong)

  for (const address of [page.url(), first]) {
    await page.goto(address, { waitUntil: 'networkidle' })
    await undo.click()
    await page.getByRole('button', { name: 'Annuler l’import' }).click()
    await page.getByText('Tout ce que cet import avait écrit a été retiré.').waitFor({ timeout: 60_000 })
  }
  expect(await people()).toBe(before)
})
