/** One of several server processes under a rush of registrations: run by crowd.test.ts with plain Node. */
import { visitor } from '#app/platform/context.ts'
import { openDatabase } from '#app/platform/database.server.ts'
import { newFormToken } from './links.server.ts'
import { register } from './register.server.ts'

const { connection, secret, slug, from, count } = JSON.parse(process.argv[2]!)
const { db, close } = openDatabase(connection, { max: 10 })
const ctx = {
  db,
  actor: visitor,
  now: () => new Date('2022-11-24T09:00:00Z'),
  baseUrl: 'https://maillage.test',
  secret,
  filesDir: '/nonexistent',
}

const one = (n: number) =>
  register(ctx, {
    slug,
    givenName: 'Dominique',
    familyName: `Foule ${n}`,
    email: `foule-${n}@exemple.test`,
    organisation: `Organisation ${n % 20}`,
    function: 'Agent',
    profileId: 'profil:association',
    departementId: null,
    mode: null,
    answers: {},
    accessibilityNeeds: null,
    consents: [],
    formToken: newFormToken(ctx),
  })

await db.execute('select 1')
process.stdout.write('ready\n')
await new Promise((resolve) => process.stdin.once('data', resolve))
const started = performance.now()
const results = await Promise.all(Array.from({ length: count }, (_, i) => one(from + i)))
const shown = results.map((result) => (result.ok ? result.value.shown : result.error.type))
const tally = Object.fromEntries([...new Set(shown)].map((word) => [word, shown.filter((one) => one === word).length]))
process.stdout.write(`${JSON.stringify({ tally, ms: Math.round(performance.now() - started) })}\n`)
await close()
process.exit(0)
