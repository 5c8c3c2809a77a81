import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from '../ui/browser.ts'
import { type Demo, openDemo } from './lib/demo.ts'
import { goodPath } from './lib/fill.ts'
import { darkPages, officePages, sitePages } from './lib/pages.ts'
import { readSamples, type Samples } from './lib/samples.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const timeout = 30_000

let demo: Demo
let browser: Browser
let samples: Samples
let cookie: string
const opened: Partial<Record<string, Page>> = {}
let troubles: string[] = []

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([openDemo(), launchBrowser()])
  samples = await readSamples(demo)
  cookie = await demo.signIn('administration')
}, 120_000)
afterAll(async () => {
  await browser.close()
  await demo.close()
}, 30_000)

type Look = { width: 1440 | 375; signedIn?: boolean; dark?: boolean }

/** A desk or a phone, kept from one page to the next. */
async function screen({ width, signedIn = false, dark = false }: Look): Promise<Page> {
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
  if (signedIn) await addCookie(context)
  // Pages have a strict policy: what measures them comes in before it.
  await context.addInitScript(axe)
  const page = await context.newPage()
  page.on('pageerror', (error) => troubles.push(error.message))
  page.on('console', (message) => {
    // A page that does not exist says so in its own status; everything else must be there.
    if (message.type() === 'error' && message.location().url !== page.url()) troubles.push(message.text())
  })
  return page
}

const addCookie = (context: BrowserContext) => {
  const [name, value] = cookie.split('=') as [string, string]
  return context.addCookies([{ name, value, url: demo.url }])
}

async function open(pattern: string, look: Look): Promise<Page> {
  troubles = []
  const page = (opened[JSON.stringify(look)] ??= await screen(look))
  await page.goto(goodPath(pattern, samples))
  if (look.signedIn) await page.locator('html.hydrated').waitFor()
  return page
}

const overflow = (page: Page) =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')

async function violations(page: Page): Promise<string[]> {
  const found = (await page.evaluate('axe.run(document)')) as AxeResults
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 150)}`))
}

/** Nothing said in the console, nothing found by axe, nothing wider than the screen. */
async function expectSound(page: Page) {
  expect({ violations: await violations(page), overflow: await overflow(page), troubles }).toEqual({
    violations: [],
    overflow: 0,
    troubles: [],
  })
}

describe.each([1440, 375] as const)('à %i px', (width) => {
  test.each(officePages)('%s se lit, s’hydrate et ne déborde pas', { timeout }, async (pattern) => {
    await expectSound(await open(pattern, { width, signedIn: true }))
  })

  test.each(sitePages)('%s se lit et ne déborde pas, sans script', { timeout }, async (pattern) => {
    const page = await open(pattern, { width })
    await expectSound(page)
    const scripts = await page.locator('script:not([type="application/ld+json"])').count()
    // The one that suggests the name of an organisation; the form does without.
    expect(scripts).toBeLessThanOrEqual(/inscription/.test(pattern) ? 1 : 0)
  })
})

test.each(darkPages)('%s se lit aussi en mode sombre', { timeout }, async (pattern) => {
  await expectSound(await open(pattern, { width: 1440, signedIn: true, dark: true }))
})
