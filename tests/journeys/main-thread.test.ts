import path from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { temporaryFolder } from '../engine/processes.ts'
import { type Served, serve } from '../process/serve.ts'
import { launchBrowser } from '../ui/browser.ts'

/** From an empty house to a figure that opens on somebody’s row, as the README promises. */
let served: Served
let browser: Browser
const troubles: string[] = []

beforeAll(async () => {
  served = await serve({ env: { DATA_DIR: path.join(temporaryFolder(), 'data') } })
  browser = await launchBrowser()
}, 90_000)

afterAll(async () => {
  await browser.close()
  await served.stop()
}, 30_000)

async function open(
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ locale: 'fr-FR', baseURL: served.url, ...options })
  const page = await context.newPage()
  page.on('pageerror', (error) => troubles.push(error.message))
  page.setDefaultTimeout(15_000)
  return { context, page }
}

const tomorrow = () => new Date(Date.now() + 86_400_000)
const dayOf = (date: Date) => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' }).format(date)

test('créer le premier compte, saisir un webinaire, s’inscrire d’une fenêtre privée, pointer, et ouvrir le chiffre jusqu’à la personne', {
  timeout: 150_000,
}, async () => {
  const day = tomorrow()
  const year = dayOf(day).slice(0, 4)
  const { page: office } = await open()

  await office.goto(served.setUp!)
  await office.getByLabel('Nom du centre').fill('Réseau des Garrigues')
  await office.getByLabel('Prénom').fill('Claire')
  await office.getByLabel('Nom', { exact: true }).fill('Vidal')
  await office.getByLabel('Adresse électronique').fill('claire.vidal@exemple.test')
  await office.getByLabel('Mot de passe').fill('olivier mistral garrigue')
  await office.getByRole('button', { name: 'Créer le centre' }).click()
  await office.getByRole('heading', { level: 1, name: 'Aujourd’hui' }).waitFor()

  await office.goto(`/bureau/chiffres?annee=${year}`)
  const before = (await office.locator('main').innerText()).replace(/\s+/g, ' ')
  expect(before).not.toContain('Serrano')

  await office.getByRole('link', { name: 'Nouvelle activité' }).first().click()
  await office.getByLabel('Titre').fill('Lutter contre le non-recours aux droits')
  await office.getByLabel('Type').selectOption({ label: 'Webinaire' })
  await office.getByLabel('Format').selectOption({ label: 'Distanciel' })
  await office.getByLabel('Date', { exact: true }).fill(dayOf(day))
  await office.getByLabel('Début').fill('10:00')
  await office.getByLabel('Fin').fill('11:30')
  await office.getByLabel('Rôle du centre').selectOption({ label: 'Organisateur' })
  await office.getByLabel('Échelle').selectOption({ label: 'Régionale' })
  await office.getByRole('button', { name: 'Enregistrer et publier' }).click()
  await office.waitForURL(/\/bureau\/activites\/[0-9a-f-]{36}$/)
  const record = new URL(office.url()).pathname
  await openRegistration(office, record)

  const { page: visitor } = await open({ javaScriptEnabled: false })
  await visitor.goto('/agenda')
  await visitor.getByRole('link', { name: /Lutter contre le non-recours/ }).click()
  await visitor.getByRole('link', { name: 'S’inscrire' }).first().click()
  await visitor.getByLabel('Prénom').fill('Nadia')
  await visitor.getByLabel('Nom', { exact: true }).fill('Serrano')
  await visitor.getByLabel('Adresse électronique').fill('nadia.serrano@exemple.test')
  await visitor.getByLabel(/^Organisation/).fill('Association Les Passerelles')
  await visitor.getByLabel(/^Profil/).selectOption({ label: 'Association' })
  await visitor.getByLabel(/^Département/).selectOption('dep-34')
  await visitor.getByRole('button', { name: /S’inscrire|Envoyer|inscription/i }).click()
  await visitor.waitForURL(/envoi=confirmed/)

  await office.goto(`${record}/presence`)
  await office
    .getByRole('radiogroup', { name: /Présence de .*Serrano/ })
    .getByText('Présent·e')
    .click()
  await office
    .getByText(/1\s*\/\s*1/)
    .first()
    .waitFor()
  // the way back is offered once the tick is kept
  await office.getByText('Chaque pointage est enregistré aussitôt.').waitFor()

  await office.goto(`/bureau/chiffres?annee=${year}`)
  const presences = office.locator('.keys li', { hasText: 'présences cumulées' }).getByRole('link')
  expect(await presences.first().innerText()).toMatch(/^1\b/)
  await presences.first().click()
  await office.waitForURL(/\/bureau\/chiffres\/presences/)
  await office
    .getByRole('link', { name: /Serrano/ })
    .first()
    .click()
  await office.getByRole('heading', { level: 1, name: /Serrano/ }).waitFor()
  expect(await office.locator('main').innerText()).toContain('Lutter contre le non-recours aux droits')

  await office.goto('/bureau/envois')
  await office.locator('table').getByText('Nadia Serrano').first().waitFor()
  expect(troubles).toEqual([])
})

async function openRegistration(office: Page, record: string) {
  await office.goto(record)
  const link = office.getByRole('link', { name: 'Modifier' }).first()
  await link.click()
  await office.getByLabel('Ouvrir les inscriptions en ligne').check()
  await office.getByRole('button', { name: 'Enregistrer' }).first().click()
  await office.waitForURL((url) => url.pathname === record)
}
