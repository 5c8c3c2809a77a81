import { createHash } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { figureById, yearPeriod } from '#app/features/activities/index.server.ts'
import { situationAt } from '#app/features/directory/index.server.ts'
import { loadTerritories } from '#app/features/territory/index.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import { type DatabaseHandle, openDatabase } from '#app/platform/database.server.ts'
import type { FigureFilters } from '#app/platform/figures.ts'
import { contextFor, freshDatabase, withDatabase } from '../../tests/context.ts'
import facts from './annee-2022.json' with { type: 'json' }
import { demoTeam, loadDemo } from './demo.server.ts'
import { familyNames } from './names.ts'
import reportWords from './report-words.json' with { type: 'json' }
import { year2021 } from './year-2021.ts'
import { year2022 } from './year-2022.ts'

const DEPARTEMENTS = ['11', '30', '31', '34', '48', '65', '66', '81']

/** The demonstration on the départements it speaks of: the whole country takes seconds more and changes nothing. */
async function load(ctx: AppContext): Promise<void> {
  await loadTerritories(ctx.db, ctx.now(), { only: DEPARTEMENTS })
  expect(await loadDemo(ctx)).toBe(true)
}

let house: { handle: DatabaseHandle; drop(): Promise<void> }
let ctx: AppContext

/** Loaded once, only read by the tests. */
beforeAll(async () => {
  const { connection, drop } = await freshDatabase()
  house = { handle: openDatabase(connection, { max: 2 }), drop }
  ctx = contextFor(house.handle.db, { now: new Date('2023-02-01T09:00:00Z') })
  await load(ctx)
})

afterAll(async () => {
  await house.handle.close()
  await house.drop()
})

const rowsOf = async <Row extends Record<string, unknown>>(query: SQL, { db } = ctx) =>
  (await db.execute<Row>(query)).rows

test('chaque date du rapport a son activité, avec le format, le rôle et le nombre qu’il donne', () => {
  for (const event of facts.events) {
    const told = year2022.find(({ day, title }) => day === event.date && sameEvent(title, event))
    expect(told, `${event.date} ${event.kind}`).toBeDefined()
    if ('place' in event) expect(told!.place).toBe(event.place)
    if ('role' in event) expect(told!.role).toBe(event.role)
    if ('start' in event) expect(told!.sessions[0]).toEqual([event.start, event.end])
    if (event.mode) expect(told!.mode).toBe(event.mode === 'visioconférence' ? 'distanciel' : 'presentiel')
    if (event.participants !== null) expect(told!.present).toBe(event.participants)
  }
  const undated = facts.missions.conseilsCitoyens.filter(
    ({ form, beneficiary }) => form === 'individuel' && !beneficiary.includes('Prés'),
  )
  expect(year2022.length).toBe(facts.events.length + undated.reduce((sum, { sessions }) => sum + sessions, 0))
})

const sameEvent = (title: string, event: { title?: string; network?: string; mission?: string }) => {
  const words = (text: string) => text.replaceAll("'", '’').replaceAll('\u00a0', ' ')
  return title.includes(words(event.title ?? event.network ?? event.mission ?? ''))
}

test('aucun nom inventé n’est celui de quelqu’un du rapport', () => {
  const known = new Set(reportWords)
  const said = [...year2021, ...year2022].flatMap(({ programme = [] }) =>
    programme.flatMap(([, , speakers = []]) => speakers),
  )
  const names = [
    ...familyNames,
    ...demoTeam.map(({ familyName }) => familyName),
    ...said.map(([name]) => name.split(' ').at(-1)!),
  ]
  const hash = (name: string) =>
    createHash('sha256').update(name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()).digest('hex').slice(0, 10)
  expect(names.filter((name) => known.has(hash(name)))).toEqual([])
  expect(new Set(familyNames).size).toBe(familyNames.length)
})

const participation = { perimetre: ['participation'] }

async function figure(id: string, filters: FigureFilters, year = 2022): Promise<number> {
  const found = await figureById(id)!.compute(ctx, yearPeriod(year), filters)
  if (!found.ok) throw new Error(found.error.type)
  return found.value.value
}

test('le code des chiffres retrouve ceux du rapport : 403 présences, 295 personnes, 12, 36 et 300', async () => {
  const { presences, uniquePersons, accompaniedByMissions } = facts.participation
  expect(await figure('presences', participation)).toBe(presences)
  expect(await figure('personnes', participation)).toBe(uniquePersons)
  expect(await figure('presences', { ...participation, theme: ['urbanisme-habitat-mobilite'] })).toBe(12)
  expect(await figure('presences', { ...participation, theme: ['prevention-delinquance'] })).toBe(36)
  const support = { perimetre: ['appui'] }
  const named = await figure('presences', support)
  expect(named + (await figure('non-identifiees-estimees', support))).toBe(accompaniedByMissions)
  const before = await figure('presences', participation, 2021)
  expect([before > 100, before < presences]).toEqual([true, true])
})

test('ce chiffre s’ouvre sur ses lignes, et chaque découpe en fait le total', async () => {
  const presences = figureById('presences')!
  const rows = await presences.rows(ctx, yearPeriod(2022), participation, { offset: 0, limit: 10 })
  expect(rows).toMatchObject({ ok: true, value: { total: facts.participation.presences } })
  for (const { key } of presences.axes.filter(({ adds }) => adds)) {
    const cells = await presences.breakdown(ctx, yearPeriod(2022), key, participation)
    if (!cells.ok) throw new Error(cells.error.type)
    expect(
      cells.value.reduce((sum, cell) => sum + cell.value, 0),
      key,
    ).toBe(facts.participation.presences)
    // nobody of the demonstration is without a profile or a département
    if (key === 'profil' || key === 'origine') expect(cells.value.map((cell) => cell.key)).not.toContain('-')
  }
})

test('comptées sans ce code, d’après la seule définition, les lignes disent la même chose', async () => {
  const present = sql`from activities.attendance n join activities.activity a on a.id = n.activity_id
    join platform.term k on k.id = a.kind_id join directory.person_card p on p.id = n.person_id
    where n.status = 'present' and a.role in ('organisateur', 'co-organisateur') and k.attributes ->> 'perimeter' = 'collectif'
      and extract(year from a.starts_at at time zone 'Europe/Paris') = 2022`
  const totals = sql`select count(*)::int as presences, count(distinct p.identity_id)::int as people ${present}`
  expect(await rowsOf(totals)).toEqual([
    { presences: facts.participation.presences, people: facts.participation.uniquePersons },
  ])
  const days = sql`select to_char(a.starts_at, 'DD/MM') as day, count(*)::int as n ${present} group by 1`
  expect(await rowsOf(days)).toEqual(
    expect.arrayContaining([
      { day: '14/04', n: 12 },
      { day: '07/11', n: 36 },
    ]),
  )
})

test('la démonstration a de tout : excusés, absents, annulés, inscrits à venir, liste d’attente, fiches fusionnées', async () => {
  const statuses = sql`select status, count(*)::int as n from activities.attendance group by 1`
  const found = Object.fromEntries(
    (await rowsOf<{ status: string; n: number }>(statuses)).map(({ status, n }) => [status, n]),
  )
  for (const status of ['present', 'excused', 'absent', 'cancelled', 'registered', 'waitlisted'])
    expect(found[status], status).toBeGreaterThan(3)
  const merged = sql`select count(*)::int as n from activities.attendance n join directory.person_merge m on m.id = n.person_id`
  expect(await rowsOf(merged)).toEqual([{ n: 4 }])
  const open = sql`select count(*)::int as n from activities.activity where registration_open and starts_at > ${ctx.now().toISOString()}`
  expect(await rowsOf(open)).toEqual([{ n: 5 }])
})

test('chaque activité a un thème, un territoire, des demi-journées et quelqu’un qui la mène', async () => {
  const lacking = sql`select title from activities.activity a where main_theme_id is null or half_days < 1 or lead_person_id is null
    or not exists (select from activities.activity_territory t where t.activity_id = a.id)`
  expect(await rowsOf(lacking)).toEqual([])
})

interface CopiedRow extends Record<string, unknown> {
  personId: string
  day: string
}

test('chaque ligne de qui a changé de travail dit la situation de son jour', async () => {
  const movers = sql`
    select n.person_id as "personId", to_char(a.starts_at, 'YYYY-MM-DD') as day, n.profile_id as "profileId", n.function,
      n.organisation_id as "organisationId", n.organisation_name as "organisationName", n.departement_id as "departementId"
    from activities.attendance n join activities.activity a on a.id = n.activity_id
    where n.person_id in (select person_id from directory.affiliation group by 1 having count(*) > 1)`
  const rows = await rowsOf<CopiedRow>(movers)
  expect(rows.length).toBeGreaterThan(9)
  for (const { personId, day, ...copied } of rows) expect(await situationAt(ctx.db, personId, day)).toEqual(copied)
})

test('une seconde fois, rien ne change : une maison habitée ne reçoit pas la démonstration', async () => {
  expect(await loadDemo(ctx)).toBe(false)
  expect(await rowsOf(sql`select count(*)::int as n from accounts."user"`)).toEqual([{ n: demoTeam.length }])
})

test('une autre maison, chargée un autre jour, raconte la même année', () =>
  withDatabase(
    async (other) => {
      await load(other)
      const year = sql`select a.slug, n.id, p.full_name, n.status, n.mode, n.profile_id, n.function, n.organisation_name, n.departement_id
        from activities.attendance n join activities.activity a on a.id = n.activity_id
        join directory.person_card p on p.id = n.person_id where a.starts_at < '2023-01-01' order by n.id`
      expect(await rowsOf(year, other)).toEqual(await rowsOf(year))
    },
    { now: new Date('2026-11-24T09:00:00Z') },
  ))
