import { createServer } from 'node:net'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LocalProvider, startLocalProvider } from '#app/features/accounts/sso/local-provider.ts'
import { launchBrowser } from '../ui/browser.ts'
import { type Demo, openDemo } from './lib/demo.ts'
import { codeOf, emailOf, plugAuthenticator, signInByPassword, signOut, typePassword } from './lib/ways-in.ts'

const timeout = 60_000
let demo: Demo
let provider: LocalProvider
let browser: Browser

/** The provider must know where to send people back to before the program runs. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

beforeAll(async () => {
  const port = await freePort()
  provider = await startLocalProvider({ redirectUris: [`http://localhost:${port}/connexion/identite/retour`] })
  const { issuer, clientId, clientSecret } = provider.settings
  const settings = { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret }
  ;[demo, browser] = await Promise.all([openDemo({ PORT: String(port), ...settings }), launchBrowser()])
}, 120_000)
afterAll(async () => {
  await browser.close()
  await demo.close()
  await provider.close()
}, 30_000)

async function inBrowser(work: (page: Page, context: BrowserContext) => Promise<void>) {
  const context = await browser.newContext({ baseURL: demo.url, locale: 'fr-FR' })
  const page = await context.newPage()
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(error.message))
  await work(page, context)
  expect(troubles).toEqual([])
  await context.close()
}

test(
  'une clé d’accès : ajoutée, elle ouvre le bureau, si son porteur est reconnu ; retirée, elle n’ouvre plus rien',
  { timeout },
  () =>
    inBrowser(async (page, context) => {
      const { recognise } = await plugAuthenticator(context, page)
      await signInByPassword(page, 'gestion')
      await page.goto('/bureau/mon-compte/securite')
      await page.getByRole('link', { name: 'Ajouter une clé' }).click()
      await page.getByLabel('Nom de la clé').fill('Téléphone')
      await page.getByRole('button', { name: 'Créer la clé d’accès' }).click()
      await page.waitForURL(/securite\?fait=cle/)
      await page.getByText('Téléphone').first().waitFor()

      await recognise(false)
      await signOut(page)
      const byKey = page.getByRole('button', { name: 'Utiliser une clé d’accès' })
      await byKey.click()
      await page.getByRole('status').getByText('n’a pas été donnée').waitFor()
      await recognise(true)
      await byKey.click()
      await page.waitForURL('**/bureau')

      await page.goto('/bureau/mon-compte/securite')
      await page.getByRole('button', { name: 'Retirer Téléphone' }).click()
      await page.waitForURL(/fait=sans-cle/)
      await signOut(page)
      await byKey.click()
      await page.getByRole('status').getByText('n’est pas reconnue').waitFor()
    }),
)

test(
  'la double authentification : mise en place en visant le dessin, demandée ensuite, ou un code de secours',
  { timeout },
  () =>
    inBrowser(async (page) => {
      await signInByPassword(page, 'communication')
      await page.goto('/connexion/double-authentification')
      await page.getByRole('button', { name: 'Commencer' }).click()
      await page.getByRole('img', { name: /Code QR/ }).waitFor()
      const secret = await page.locator('code').innerText()
      await page.getByLabel('Code affiché par le téléphone').fill(codeOf(secret))
      await page.getByRole('button', { name: 'Mettre en place' }).click()
      const recovery = await page.getByRole('list', { name: 'Codes de secours' }).getByRole('listitem').allInnerTexts()
      expect(recovery).toHaveLength(10)

      await signOut(page)
      await typePassword(page, 'communication')
      await page.waitForURL(/\/connexion\/verification/)
      await page.goto('/bureau')
      expect(page.url()).toContain('/connexion?suite=')
      await page.goto('/connexion/verification')
      await page.getByLabel('Code', { exact: true }).fill('000000')
      await page.getByRole('button', { name: 'Continuer' }).click()
      await page.getByText('Ce code n’est pas le bon').first().waitFor()
      await page.getByLabel('Code', { exact: true }).fill(codeOf(secret, 30))
      await page.getByRole('button', { name: 'Continuer' }).click()
      await page.waitForURL('**/bureau')

      await signOut(page)
      await typePassword(page, 'communication')
      await page.getByLabel('Code', { exact: true }).fill(recovery[0]!)
      await page.getByRole('button', { name: 'Continuer' }).click()
      await page.waitForURL('**/bureau')
      await page.goto('/bureau/mon-compte/connexions')
      await page.getByText('code de secours').first().waitFor()
    }),
)

test(
  'le fournisseur d’identité : relié après une entrée par ses moyens, il ouvre le bureau, et se ferme avec lui',
  { timeout },
  () =>
    inBrowser(async (page) => {
      provider.person = { sub: 'direction', email: emailOf('direction'), email_verified: true }
      await page.goto('/connexion')
      await page.getByRole('button', { name: 'S’identifier avec ProConnect' }).click()
      await page.waitForURL(/identite=a-relier/)
      await typePassword(page, 'direction')
      await page.waitForURL('**/bureau')
      await signOut(page)
      await page.getByRole('button', { name: 'S’identifier avec ProConnect' }).click()
      await page.waitForURL('**/bureau')
      await page.goto('/bureau/mon-compte')
      await page.locator('form[action="/deconnexion"] button').evaluate((button: HTMLButtonElement) => button.click())
      await page.waitForURL(new RegExp(`^${provider.settings.issuer}/session/end`), { waitUntil: 'commit' })
      expect(new URL(page.url()).searchParams.get('id_token_hint')).not.toBeNull()
      await page.goto('/bureau')
      expect(page.url()).toContain('/connexion?suite=')
    }),
)

test('un rôle à qui elle est demandée est mené à la mettre en place avant toute page du bureau', { timeout }, () =>
  inBrowser((member) =>
    inBrowser(async (admin) => {
      await signInByPassword(member, 'lecture')
      await signInByPassword(admin, 'administration')
      const save = async (asked: boolean) => {
        await admin.goto('/bureau/equipe/securite')
        await admin.getByLabel('Lecture').setChecked(asked)
        await admin.getByRole('button', { name: 'Enregistrer' }).click()
        await admin.waitForURL(/\?fait/)
      }
      await save(true)
      for (const path of ['/bureau', '/bureau/personnes']) {
        await member.goto(path)
        expect(new URL(member.url()).pathname).toBe('/connexion/double-authentification')
      }
      // files have no shell around them: they do not exist for a session held back
      expect((await member.request.get('/bureau/territoires/export.csv')).status()).toBe(404)
      await save(false)
      await member.goto('/bureau/personnes')
      expect(new URL(member.url()).pathname).toBe('/bureau/personnes')
    }),
  ),
)
