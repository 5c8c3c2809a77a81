import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from './browser.ts'
import { startGallery } from './serve.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const screens = ['site', 'personal', 'figures', 'list', 'attendance', 'forms'] as const
const isPublic = (name: string) => name === 'site' || name === 'personal'

let browser: Browser
let gallery: Awaited<ReturnType<typeof startGallery>>
beforeAll(async () => {
  ;[browser, gallery] = await Promise.all([launchBrowser(), startGallery()])
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await gallery?.close()
})

async function open(name: string, width: number, colorScheme: 'light' | 'dark', script = true): Promise<Page> {
  const phone = width < 600
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    colorScheme,
    hasTouch: phone,
    isMobile: phone,
    javaScriptEnabled: script,
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  await page.goto(`${gallery.address}/${name}`)
  if (script && !isPublic(name)) await page.locator('html.hydrated').waitFor()
  return page
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const found = (await page.evaluate('axe.run(document)')) as AxeResults
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`))
}

describe.each(screens)('%s', (name) => {
  for (const width of [1440, 375])
    for (const scheme of ['light', 'dark'] as const)
      test(`at ${width} px, ${scheme}: axe finds nothing and nothing overflows`, { timeout: 60_000 }, async () => {
        const page = await open(name, width, scheme)
        expect(await violations(page)).toEqual([])
        expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(
          0,
        )
        await page.context().close()
      })
})

test('on a phone without script, both menus open and close', { timeout: 60_000 }, async () => {
  for (const [name, link] of [
    ['site', 'Missions'],
    ['list', 'Territoires'],
  ] as const) {
    const page = await open(name, 375, 'light', false)
    const entry = page.getByRole('link', { name: link, exact: true })
    expect(await entry.isVisible()).toBe(false)
    await page.getByRole('button', { name: 'Menu' }).click()
    await entry.waitFor()
    await page.getByRole('button', { name: 'Fermer' }).click()
    await entry.waitFor({ state: 'hidden' })
    await page.context().close()
  }
})

test('Ctrl+K finds a person in a few keys, / goes to the filter', { timeout: 60_000 }, async () => {
  const page = await open('list', 1440, 'light')
  await page.keyboard.press('/')
  expect(await page.evaluate('document.activeElement.name')).toBe('q')
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').getByRole('searchbox').fill('serr')
  await page.getByRole('menuitem', { name: /Nadia Serrano/ }).waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL('**/p/1')
  await page.context().close()
})

test('a search field sends the id of what was chosen, or the text that matched nothing', {
  timeout: 60_000,
}, async () => {
  const page = await open('forms', 1440, 'light')
  const sent = () =>
    page.evaluate(() =>
      [...new FormData(document.querySelector<HTMLFormElement>('main form') ?? undefined)].map(String),
    )
  const box = page.getByRole('combobox', { name: /Organisation/ })
  await box.click()
  await box.fill('pass')
  await page.getByRole('option', { name: /Les Passerelles/ }).click()
  expect(await sent()).toEqual(
    expect.arrayContaining(['organisation,3', 'organisationName,Association Les Passerelles']),
  )
  await box.fill('Nouvelle association')
  await page.keyboard.press('Tab')
  expect(await sent()).toEqual(expect.arrayContaining(['organisation,', 'organisationName,Nouvelle association']))
  const several = page.getByRole('combobox', { name: /Partenaires/ })
  await several.click()
  await several.fill('pass')
  await page.getByRole('option', { name: /Les Passerelles/ }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('listbox').waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: 'Retirer Commune de Lavaur' }).click()
  expect((await sent()).filter((entry) => entry.startsWith('partners,'))).toEqual(['partners,2', 'partners,3'])
  await page.context().close()
})
