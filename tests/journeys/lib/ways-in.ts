import { generateSync } from 'otplib'
import type { BrowserContext, Page } from 'playwright-core'
import { demoPassword, demoTeam } from '#app/demo/accounts.server.ts'
import type { Role } from '#app/platform/permissions.ts'

export const emailOf = (role: Role) => demoTeam.find((member) => member.role === role)!.email

export async function typePassword(page: Page, role: Role) {
  await page.getByLabel('Adresse électronique').fill(emailOf(role))
  await page.getByLabel('Mot de passe').fill(demoPassword)
  await page.getByRole('button', { name: 'Se connecter' }).click()
}

export async function signInByPassword(page: Page, role: Role) {
  await page.goto('/connexion')
  await typePassword(page, role)
  await page.waitForURL('**/bureau')
}

/** As the button of the menu does. */
export async function signOut(page: Page) {
  await page.goto('/bureau/mon-compte')
  await page.locator('form[action="/deconnexion"] button').evaluate((button: HTMLButtonElement) => button.click())
  await page.waitForURL(/\/connexion\?/)
}

/** A telephone that recognises its owner: Chromium's own authenticator for tests. */
export async function plugAuthenticator(context: BrowserContext, page: Page) {
  const devtools = await context.newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  const options = {
    protocol: 'ctap2',
    transport: 'internal',
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
    automaticPresenceSimulation: true,
  } as const
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', { options })
  const recognise = (isUserVerified: boolean) =>
    devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified })
  return { recognise }
}

/** The code the telephone shows; `ahead`: that of the half minute to come. */
export const codeOf = (secret: string, ahead = 0) =>
  generateSync({ secret: secret.replace(/\s/g, ''), epoch: Math.floor(Date.now() / 1000) + ahead })
