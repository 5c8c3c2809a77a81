import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../ui/browser.ts'
import { type Demo, openDemo } from './lib/demo.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let demo: Demo
let browser: Browser

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([openDemo(), launchBrowser()])
}, 120_000)
afterAll(async () => {
  await browser.close()
  await demo.close()
}, 30_000)

interface Seen {
  givenName: string
  familyName: string
  email: string | null
}

/** A webinar of two hours in March 2022, and sixty people registered for it. */
async function webinar(): Promise<{ id: string; people: Seen[] }> {
  const { rows } = await demo.client.query<{ id: string }>(`
    insert into activities.activity (slug, kind_id, title, status, mode, role, scale, published_at, created_at, updated_at)
    values ('visio-des-connexions', 'activite:webinaire', 'Visio des connexions', 'published', 'distanciel', 'organisateur', 'regional', now(), now(), now())
    returning id`)
  const { id } = rows[0]!
  await demo.client.query(
    `insert into activities.session (activity_id, starts_at, ends_at) values ($1, '2022-03-08T09:00:00Z', '2022-03-08T11:00:00Z')`,
    [id],
  )
  const made = await demo.client.query<Seen>(
    `with people as (
      insert into directory.person (given_name, family_name, email, created_at, updated_at)
      select (array['Inès','Paul','Nadia','Léo','Claire','Karim'])[1 + n % 6], 'Essaivisio' || chr(65 + n / 26) || chr(97 + n % 26),
        case when n % 2 = 0 then 'p' || n || '@visio.example' end, now(), now() from generate_series(0, 59) n
      returning id, given_name as "givenName", family_name as "familyName", email
    ), rows as (
      insert into activities.attendance (activity_id, person_id, status, mode, source, registered_at, status_at)
      select $1, id, 'registered', 'remote', 'registration', now(), now() from people
    )
    select "givenName", "familyName", email from people order by "familyName"`,
    [id],
  )
  return { id, people: made.rows }
}

/** The list as Teams writes it: a host, two telephones, a pseudonym, a doubtful name, people who come back, one too short. */
function teamsList(people: readonly Seen[]): Buffer {
  const line = (name: string, from: string, to: string, email: string | null = null, role = 'Participant') =>
    [name, `08/03/2022 ${from}:00`, `08/03/2022 ${to}:00`, '', email ?? '', role].join('\t')
  const usual = people.slice(0, 55).flatMap(({ givenName, familyName, email }, index) => {
    const name = index % 3 === 0 ? `${familyName.toUpperCase()} ${givenName} - CD34` : `${givenName} ${familyName}`
    return index % 5 === 0
      ? [line(name, '09:55', '10:40', email), line(name, '10:35', '12:00', email)]
      : [line(name, '10:00', '12:00', email)]
  })
  const { givenName, familyName } = people[56]!
  const lines = [
    '1. Résumé',
    'Titre de la réunion\tVisio des connexions',
    'Heure de début\t08/03/2022 09:50:00',
    '',
    '3. Activités au cours de la réunion',
    'Nom\tHeure d’arrivée\tHeure de départ\tDurée\tE-mail\tRôle',
    line('Centre', '09:50', '12:05', null, 'Organisateur'),
    ...usual,
    line('33612****78', '10:05', '11:55'),
    line('33467****12', '10:05', '11:55'),
    line('Kiki34', '10:00', '12:00'),
    line(`${givenName[0]}. ${familyName}`, '10:00', '12:00'),
    line(`${people[57]!.givenName} ${people[57]!.familyName}`, '10:00', '10:05'),
  ]
  return Buffer.from(`\ufeff${lines.join('\r\n')}`, 'utf16le')
}

async function open(page: Page, id: string, list: Buffer) {
  await page.goto(`/bureau/activites/${id}/presence/connexions`)
  await page
    .getByLabel('Fichier de la visioconférence')
    .setInputFiles({ name: 'participants.csv', mimeType: 'text/csv', buffer: list })
  await page.getByRole('button', { name: 'Lire la liste' }).click()
  await page.getByRole('heading', { name: /Liste Teams/ }).waitFor()
  await page.locator('html.hydrated').waitFor()
}

test('une liste Teams de soixante connexions se règle au clavier en quelques gestes, et les chiffres disent ce qu’il faut', {
  timeout: 120_000,
}, async () => {
  const { id, people } = await webinar()
  const context = await browser.newContext({ locale: 'fr-FR', baseURL: demo.url })
  const [name, value] = (await demo.signIn('charge-de-mission')).split('=') as [string, string]
  await context.addCookies([{ name, value, url: demo.url }])
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(error.message))

  await open(page, id, teamsList(people))
  expect(await page.locator('main').innerText()).toMatch(
    /61\s+connexions, 55\s+reconnues, 1 à décider, 3\s+non identifiées, 1\s+trop courte, 1\s+mise de côté/,
  )
  expect(await violations(page)).toEqual([])

  // from the first line: the name proposed, then the pseudonym looked for in the directory, the two telephones left as they are
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  const lines = page.locator('[data-line]')
  const kiki = lines.filter({ hasText: 'Kiki34' })
  while (!(await kiki.evaluate((line) => line.contains(document.activeElement)))) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('a')
  const { givenName, familyName } = people[58]!
  await page.keyboard.type(`${givenName} ${familyName}`)
  await page.getByRole('option', { name: new RegExp(familyName) }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByText('Tout est décidé.').waitFor()
  await page.getByRole('button', { name: 'Valider la liste' }).press('Enter')
  await page.getByText(/57\s+personnes pointées présentes\./).waitFor()

  await page.goto(`/bureau/activites/${id}/presence/connexions`)
  await page.getByRole('button', { name: /Marquer ces 3 personnes absentes/ }).click()
  await page.getByText(/3\s+personnes pointées absentes/).waitFor()
  await page.goto(`/bureau/activites/${id}/presence`)
  expect(await page.locator('main').innerText()).toMatch(/57\s*\/\s*60/)
  expect(await page.getByLabel('Nombre').inputValue()).toBe('2')
  await page.getByText('connexion de 2 h').first().waitFor()
  expect(troubles).toEqual([])
  await context.close()
})

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const results = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  )
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
}
