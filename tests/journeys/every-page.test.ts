import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from '../ui/browser.ts'
import { type Demo, openDemo } from './lib/demo.ts'
import { goodPath } from './lib/fill.ts'
import { darkPages, officePages, sitePages } from './lib/pages.ts'
import { readSamples, type Samples } from './lib/samples.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const LANES = 3

let demo: Demo
let browser: Browser
let samples: Samples
let cookie: string

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([openDemo(), launchBrowser()])
  samples = await readSamples(demo)
  cookie = await demo.signIn('administration')
}, 120_000)
afterAll(async () => {
  await browser.close()
  await demo.close()
}, 30_000)

interface Look {
  width: 1440 | 375
  signedIn?: boolean
  dark?: boolean
}

/** A desk or a phone, kept from one page to the next; what its console says is kept in `troubles`. */
async function openScreen({ width, signedIn = false, dark = false }: Look) {
  const phone = width === 375
  const context = await browser.newContext({
    baseURL: demo.url,
    locale: 'fr-FR',
    viewport: { width, height: phone ? 800 : 900 },
    hasTouch: phone,
    isMobile: phone,
    reducedMotion: 'reduce',
    colorScheme: dark ? 'dark' : 'light',
  })
  const [name, value] = cookie.split('=') as [string, string]
  if (signedIn) await context.addCookies([{ name, value, url: demo.url }])
  await context.addInitScript(axe)
  const page = await context.newPage()
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(error.message))
  page.on('console', (message) => {
    // A page that does not exist says so in its own status; everything else must be there.
    if (message.type() === 'error' && message.location().url !== page.url()) troubles.push(message.text())
  })
  return { page, troubles }
}

/** Nothing said in the console, nothing found by axe, nothing wider than the screen; no script on public pages. */
async function troublesOf(page: Page, said: string[], { width, signedIn }: Look): Promise<string[]> {
  if (signedIn) await page.locator('html.hydrated').waitFor()
  const { violations } = (await page.evaluate('axe.run(document)')) as AxeResults
  const reached = (await page.evaluate('document.documentElement.scrollWidth')) as number
  const scripts = await page.locator('script:not([type="application/ld+json"])').count()
  // The form of an activity has one, which suggests the names of organisations; the way in has one, for passkeys. Both do without.
  const allowed = signedIn ? Infinity : /\/inscription|\/connexion$/.test(page.url()) ? 1 : 0
  return [
    ...said,
    ...violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 150)}`)),
    ...(reached > width ? [`${reached} px wide`] : []),
    ...(scripts > allowed ? [`${scripts} scripts`] : []),
  ]
}

/** Opens each page, a few at a time; answers what is wrong, page by page. */
async function look(patterns: readonly string[], as: Look): Promise<string[]> {
  const waiting = patterns.values()
  const wrong: string[] = []
  const lane = async () => {
    const { page, troubles } = await openScreen(as)
    for (const pattern of waiting) {
      troubles.length = 0
      await page.goto(goodPath(pattern, samples))
      wrong.push(...(await troublesOf(page, troubles, as)).map((one) => `${pattern} ${one}`))
    }
    await page.context().close()
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  return wrong
}

describe.each([1440, 375] as const)('à %i px, axe ne trouve rien, la console se tait et rien ne déborde', (width) => {
  test('au bureau, page après page', { timeout: 180_000 }, async () => {
    expect(await look(officePages, { width, signedIn: true })).toEqual([])
  })

  test('sur le site, sans script', { timeout: 90_000 }, async () => {
    expect(await look(sitePages, { width })).toEqual([])
  })
})

test('le mode sombre se lit aussi', { timeout: 60_000 }, async () => {
  expect(await look(darkPages, { width: 1440, signedIn: true, dark: true })).toEqual([])
})
