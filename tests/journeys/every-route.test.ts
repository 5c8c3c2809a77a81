import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Permission, permissionsOf, type Role, roles } from '#app/platform/permissions.ts'
import { Visitor } from '../process/visitor.ts'
import { type Address, readAddresses } from './lib/addresses.ts'
import { type Answered, ask, type Asked, forEach } from './lib/ask.ts'
import { type Demo, openDemo } from './lib/demo.ts'
import { goodPath, wrongPaths } from './lib/fill.ts'
import { strangeWords } from './lib/french.ts'
import { fewOfEach, linksOf } from './lib/links.ts'
import { opening } from './lib/permissions.ts'
import { readSamples, type Samples } from './lib/samples.ts'

type Who = 'visiteur' | Role
const everybody = ['visiteur', ...roles] as const
/** Whose steps are followed further: nobody, those who read, those who manage, those who may all. */
const some: readonly Who[] = ['visiteur', 'lecture', 'gestion', 'administration']

const addresses = readAddresses().filter(({ pattern }) => pattern in opening)
const office = addresses.filter(({ pattern }) => pattern.startsWith('/bureau'))
const long = 'é'.repeat(10_000)

let demo: Demo
let samples: Samples
const cookies: Partial<Record<Who, string>> = {}

beforeAll(async () => {
  demo = await openDemo()
  samples = await readSamples(demo)
  for (const who of everybody) if (who !== 'visiteur') cookies[who] = await demo.signIn(who)
}, 120_000)
afterAll(() => demo.close(), 30_000)

const send = (who: Who, path: string, asked: Asked = {}) => ask(demo.url + path, { cookie: cookies[who], ...asked })

/** Asks for each path; answers one line for each answer that is not as `wanted` says, or that no French reader should get. */
async function wrong(
  paths: readonly { address: Address; path: string; asked?: Asked }[],
  who: Who,
  wanted: (answer: Answered, address: Address) => boolean,
): Promise<string[]> {
  const lines = await forEach(paths, async ({ address, path, asked }) => {
    const answer = await send(who, path, asked)
    const strange = strangeWords(answer.text, answer.headers.get('content-type') ?? '')
    const said = strange ? `« ${strange} »` : wanted(answer, address) ? null : (answer.headers.get('location') ?? '')
    return said === null ? [] : [`${answer.status} ${path.slice(0, 100)} ${said}`]
  })
  return lines.flat()
}

const holds = (who: Who, needs: Permission) => who !== 'visiteur' && permissionsOf(who).has(needs)

/** Addresses of the door that act on a form, or on a step begun before: a visit gets this, whoever comes. */
const statusOfVisit: Record<string, number> = {
  '/deconnexion': 405,
  '/connexion/identite': 405,
  '/connexion/cle.json': 405,
  '/connexion/verification': 302,
  '/connexion/identite/retour': 410,
}

/** Opened, or refused as this address refuses: a page of the office sends a visitor to sign in, the rest does not exist. */
function opensFor(who: Who, { status, headers }: Answered, { pattern, isPage }: Address): boolean {
  const needs = opening[pattern]!
  if (pattern.endsWith('*') && needs !== 'key')
    return who === 'visiteur' && isPage && pattern !== '/*' ? toSignIn(status, headers) : status === 404
  if (pattern in statusOfVisit) return status === statusOfVisit[pattern]
  if (pattern === '/connexion' && who !== 'visiteur') return status === 302 && headers.get('location') === '/bureau'
  if (pattern === '/installation/:token') return status === 410
  if (needs === 'public' || needs === 'link') return status === 200
  if (needs === 'key') return status === 401
  if (pattern === '/bureau/activites/:id/presence.json') return status === 404
  if (holds(who, needs)) return status === 200
  return who === 'visiteur' && isPage ? toSignIn(status, headers) : status === 403 || status === 404
}

const toSignIn = (status: number, headers: Headers) =>
  status === 302 && /^\/connexion\?suite=(%2Fbureau|%2Fconnexion)/.test(headers.get('location')!)

const isPrivate = ({ pattern }: Address) =>
  !['public'].includes(opening[pattern]!) || /^\/(connexion|mot-de-passe)/.test(pattern)
const isKept = ({ headers }: Answered) => !headers.get('cache-control')?.includes('no-store')

test('chaque adresse a été pensée : qui peut l’ouvrir est écrit', () => {
  expect(
    readAddresses()
      .map(({ pattern }) => pattern)
      .toSorted(),
  ).toEqual(Object.keys(opening).toSorted())
})

describe.each(everybody)('%s', (who) => {
  const timeout = 60_000

  test('ouvre ce que son rôle permet, et rien d’autre ; ce qui est privé n’est gardé nulle part', {
    timeout,
  }, async () => {
    const paths = addresses.map((address) => ({ address, path: goodPath(address.pattern, samples) }))
    const asWritten = (answer: Answered, address: Address) =>
      opensFor(who, answer, address) && !(isPrivate(address) && isKept(answer))
    expect(await wrong(paths, who, asWritten)).toEqual([])
  })

  test.runIf(some.includes(who))('ne trouve rien à une adresse qui ne mène nulle part', { timeout }, async () => {
    const paths = addresses.flatMap((address) =>
      wrongPaths(address.pattern, samples).map((path) => ({ address, path })),
    )
    const nothing = ({ status, headers }: Answered) =>
      (status >= 400 && status < 500) || (who === 'visiteur' && toSignIn(status, headers))
    expect(await wrong(paths, who, nothing)).toEqual([])
  })
})

test('aucun lien d’une page ne mène nulle part', { timeout: 90_000 }, async () => {
  for (const who of ['visiteur', 'administration'] as const) {
    const own = addresses.filter(
      ({ pattern, isPage }) => isPage && pattern.startsWith('/bureau') === (who !== 'visiteur'),
    )
    const pages = await forEach(own, async ({ pattern }) => {
      const path = goodPath(pattern, samples)
      return { path, ...linksOf((await send(who, path)).text) }
    })
    expect(pages.flatMap(({ path, missingParts }) => missingParts.map((part) => path + part))).toEqual([])
    const links = fewOfEach(
      pages.flatMap(({ path, within }) => within.map((href) => (href.startsWith('?') ? path + href : href))),
    )
    expect(links.length).toBeGreaterThan(10)
    const answers = await forEach(links, async (path) => ({ path, status: (await send(who, path)).status }))
    expect(answers.filter(({ status }) => status >= 400)).toEqual([])
  }
})

test('une question absurde posée à une adresse reçoit une réponse ou un refus en français', {
  timeout: 90_000,
}, async () => {
  const questions = [
    'page=abc',
    'page=99999',
    'page=-1&page=2',
    'tri=x',
    'ordre=x',
    'annee=99999',
    'annee=2022&jusqu=2023-02-31',
    `q=${long}`,
    'q=%00',
    'q=%',
    'inconnu=1&departement=x&theme=x&type=x&etat=x&du=x&au=x&nature=x&fiche=x&profil=x&perimetre=x',
  ]
  const asked = (some: readonly Address[]) =>
    some.flatMap((address) =>
      questions.map((question) => ({ address, path: `${goodPath(address.pattern, samples)}?${question}` })),
    )
  const answered = ({ status }: Answered) => status < 500
  const site = addresses.filter(({ pattern }) => !pattern.startsWith('/bureau'))
  expect(await wrong(asked(site), 'visiteur', answered)).toEqual([])
  expect(await wrong(asked(office), 'administration', answered)).toEqual([])
})

async function written() {
  const { rows } = await demo.client.query(`select (select count(*) from platform.change) as changes,
    (select count(*) from activities.attendance) as attendances, (select count(*) from activities.activity) as activities,
    (select count(*) from directory.person) as people, (select count(*) from accounts.user) as users`)
  return rows[0] as unknown
}

test('sans session, un formulaire envoyé au bureau n’écrit rien', { timeout: 60_000 }, async () => {
  const before = await written()
  const form = {
    intent: 'delete',
    givenName: 'Intrus',
    familyName: 'Intrus',
    title: 'Intrus',
    name: 'Intrus',
    label: 'Intrus',
  }
  const paths = office.map((address) => ({ address, path: goodPath(address.pattern, samples), asked: { form } }))
  const refused = ({ status, headers }: Answered, { isPage }: Address) =>
    isPage ? status === 302 && headers.get('location') === '/connexion' : [401, 404, 405].includes(status)
  expect(await wrong(paths, 'visiteur', refused)).toEqual([])
  expect(await written()).toEqual(before)
})

test('un long formulaire refusé avant d’être lu ne bloque pas la demande suivante', { timeout: 15_000 }, async () => {
  // One connection, as a browser whose session ended while somebody wrote.
  const visitor = new Visitor(1)
  const sent = await visitor.post(`${demo.url}/bureau/activites/nouvelle`, { description: 'x'.repeat(900_000) })
  expect(sent).toMatchObject({ status: 302, location: '/connexion' })
  expect(await visitor.get(`${demo.url}/connexion`)).toMatchObject({ status: 200 })
  visitor.close()
})

const publicForms: Record<string, readonly string[]> = {
  '/connexion': ['email', 'password'],
  '/mot-de-passe': ['email'],
  '/connexion/invitation/:token': ['password'],
  '/mot-de-passe/:token': ['password'],
  '/inscription/:token': ['organisation', 'function', 'mode', 'accessibilityNeeds'],
  '/agenda/cycle/:slug/inscription': ['givenName', 'familyName', 'email', 'profileId', 'departementId', 'jeton'],
  '/agenda/:slug/inscription': [
    'givenName',
    'familyName',
    'email',
    'organisation',
    'function',
    'profileId',
    'departementId',
    'mode',
    'jeton',
  ],
}

test('un formulaire public vide, ou rempli de dix mille caractères, est refusé d’une phrase', {
  timeout: 60_000,
}, async () => {
  const paths = addresses.flatMap((address) => {
    const names = publicForms[address.pattern]
    if (!names) return []
    const path = goodPath(address.pattern, samples)
    const forms = [
      Object.fromEntries(names.map((name) => [name, ''])),
      Object.fromEntries(names.map((name) => [name, long])),
    ]
    return forms.map((form) => ({ address, path, asked: { form } }))
  })
  expect(paths).toHaveLength(Object.keys(publicForms).length * 2)
  const explained = ({ status, text }: Answered) =>
    status >= 400 && status < 500 && /Donnez|Choisissez|obligatoire|trop long|n’existe pas|n’est pas valable/.test(text)
  expect(await wrong(paths, 'visiteur', explained)).toEqual([])
})

test('au bureau, un formulaire vide ou démesuré n’est jamais une panne', { timeout: 90_000 }, async () => {
  const forms: Record<string, string>[] = [
    {},
    { intent: long, id: long, title: long, name: long, label: long, email: long, kindId: long, sessions: long },
  ]
  const paths = office.flatMap((address) =>
    forms.map((form) => ({ address, path: goodPath(address.pattern, samples), asked: { form } })),
  )
  expect(await wrong(paths, 'administration', ({ status }) => status < 500)).toEqual([])
})
