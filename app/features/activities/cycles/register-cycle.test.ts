import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { AppContext } from '#app/platform/context.ts'
import { asVisitor, at, inSandbox, withDatabase } from '#tests/context.ts'
import { makeActivity, type MakeActivity, makeAttendance, makePerson, makeSeries } from '../fixtures.ts'
import { newFormToken } from '../registration/links.server.ts'
import { leaveCycle, readOwnCycle } from './own-cycle.server.ts'
import { cycleForm, publicCycle } from './public-cycle.server.ts'
import { registerCycle, type RegisterCycleInput } from './register-cycle.server.ts'

const on = (day: string) => [{ startsAt: new Date(`${day}T08:30:00Z`), endsAt: new Date(`${day}T11:30:00Z`) }]
const days = ['2022-12-06', '2023-01-10', '2023-02-07']

async function cycleOf(ctx: AppContext, more: MakeActivity[] = [{}, {}, {}]) {
  const seriesId = await makeSeries(ctx, { visibility: 'public' })
  const steps = []
  for (const [rank, overrides] of more.entries())
    steps.push(
      await makeActivity(ctx, { seriesId, sessions: on(days[rank]!), title: `Séance ${rank + 1}`, ...overrides }),
    )
  const { rows } = await ctx.db.execute<{ slug: string }>(
    sql`select slug from activities.series where id = ${seriesId}`,
  )
  return { seriesId, slug: rows[0]!.slug, steps }
}

const someone = (ctx: AppContext, slug: string, more: Partial<RegisterCycleInput> = {}): RegisterCycleInput => ({
  slug,
  givenName: 'Nadia',
  familyName: 'Ferrand',
  email: 'nadia.ferrand@exemple.test',
  organisation: null,
  function: 'Conseillère municipale',
  profileId: 'profil:elu',
  departementId: null,
  mode: null,
  answers: {},
  accessibilityNeeds: null,
  consents: [],
  formToken: newFormToken(ctx),
  ...more,
})

const rowsOf = async (ctx: AppContext, email = 'nadia.ferrand@exemple.test') => {
  const { rows } = await ctx.db.execute<{ said: string }>(sql`
    select a.title || ' ' || n.status || ' ' || n.mode as said from activities.attendance n
    join activities.activity a on a.id = n.activity_id join directory.person p on p.id = n.person_id
    where p.email = ${email} order by a.starts_at`)
  return rows.map(({ said }) => said)
}

const mails = async (ctx: AppContext) => {
  const { rows } = await ctx.db.execute<{
    purpose: string
    text: string
    calendar: { method: string; content: string } | null
  }>(sql`select purpose, text, calendar from platform.mail order by created_at, purpose`)
  return rows
}

const linkIn = (text: string) => /\/inscription\/cycle\/(\S+)/.exec(text)![1]!

test('un seul geste inscrit à toutes les activités à venir et ouvertes du cycle, un seul message part', () =>
  inSandbox(async (house) => {
    const ctx = at(asVisitor(house), '2022-12-20T09:00:00Z')
    const { slug } = await cycleOf(ctx, [{}, {}, {}])
    await makeActivity(ctx, { visibility: 'internal', sessions: on('2023-03-07') })
    expect(await registerCycle(ctx, someone(ctx, slug))).toEqual({ ok: true, value: { shown: 'confirmed' } })
    expect(await rowsOf(ctx)).toEqual(['Séance 2 registered onsite', 'Séance 3 registered onsite'])
    const [mail, ...others] = await mails(ctx)
    expect(others).toEqual([])
    expect(mail).toMatchObject({ purpose: 'registration-cycle', calendar: { method: 'REQUEST' } })
    expect(mail!.calendar!.content.match(/BEGIN:VEVENT/g)).toHaveLength(2)
    expect(mail!.text.replaceAll(/[\u00a0\u202f]/g, ' ')).toContain(
      'Mardi 10 janvier 2023, 9 h 30 – 12 h 30 : Séance 2\nPlace réservée, sur place',
    )
  }))

test('une activité complète met sur sa liste d’attente, ou laisse de côté sans liste ; le reste est réservé', () =>
  inSandbox(async (house) => {
    const ctx = asVisitor(house)
    const { slug, steps } = await cycleOf(ctx, [{}, { capacityOnsite: 1 }, { capacityOnsite: 1, waitingList: false }])
    for (const { id } of steps.slice(1)) await makeAttendance(ctx, { activityId: id, status: 'registered' })
    expect(await registerCycle(ctx, someone(ctx, slug))).toEqual({ ok: true, value: { shown: 'partly' } })
    expect(await rowsOf(ctx)).toEqual(['Séance 1 registered onsite', 'Séance 2 waitlisted onsite'])
    const [mail] = await mails(ctx)
    expect(mail!.text.replaceAll(/[\u00a0\u202f]/g, ' ')).toContain('Complet : vous êtes sur la liste d’attente')
    expect(mail!.calendar!.content.match(/BEGIN:VEVENT/g)).toHaveLength(1)
  }))

test('quand tout est complet, rien n’est écrit : ni personne, ni ligne, ni message', () =>
  inSandbox(async (house) => {
    const ctx = asVisitor(house)
    const { slug, steps } = await cycleOf(ctx, [{ capacityOnsite: 1, waitingList: false }])
    await makeAttendance(ctx, { activityId: steps[0]!.id, status: 'registered' })
    expect(await registerCycle(ctx, someone(ctx, slug))).toEqual({ ok: false, error: { type: 'full' } })
    expect(await mails(ctx)).toEqual([])
    const { rows } = await ctx.db.execute(
      sql`select 1 from directory.person where email = 'nadia.ferrand@exemple.test'`,
    )
    expect(rows).toEqual([])
  }))

test('qui demande deux fois n’a qu’une ligne par activité ; le formulaire ne dit pas qui est inscrit', () =>
  inSandbox(async (house) => {
    const ctx = asVisitor(house)
    const { slug } = await cycleOf(ctx, [{ capacityOnsite: 1 }])
    const form = someone(ctx, slug)
    expect(await registerCycle(ctx, form)).toEqual({ ok: true, value: { shown: 'confirmed' } })
    expect(await registerCycle(ctx, form)).toEqual({ ok: true, value: { shown: 'confirmed' } })
    expect(await registerCycle(ctx, someone(ctx, slug))).toEqual({ ok: true, value: { shown: 'waitlisted' } })
    expect(await rowsOf(ctx)).toEqual(['Séance 1 registered onsite'])
  }))

test('les refus : formulaire ancien, cycle interne, inscriptions closes, question sans réponse, mode à choisir', () =>
  inSandbox(async (house) => {
    const ctx = asVisitor(house)
    const { slug, seriesId, steps } = await cycleOf(ctx, [{ mode: 'hybride' }])
    await ctx.db.execute(sql`insert into activities.question (activity_id, position, label, kind, required)
      values (${steps[0]!.id}, 1, 'Repas ?', 'yes-no', true)`)
    const error = async (form: RegisterCycleInput) => {
      const done = await registerCycle(ctx, form)
      return done.ok ? 'ok' : done.error
    }
    expect(await error(someone(ctx, slug, { formToken: 'rien' }))).toEqual({ type: 'stale-form' })
    expect(await error(someone(ctx, 'rien'))).toEqual({ type: 'not-found' })
    expect(await error(someone(ctx, slug))).toEqual({
      type: 'invalid',
      problems: [{ field: 'mode', problem: 'required' }],
    })
    expect(await error(someone(ctx, slug, { mode: 'remote' }))).toMatchObject({ problems: [{ problem: 'required' }] })
    expect((await cycleForm(ctx, slug))!.modes).toEqual(['onsite', 'remote'])
    await ctx.db.execute(sql`update activities.activity set registration_open = false`)
    expect(await error(someone(ctx, slug))).toEqual({ type: 'closed' })
    await ctx.db.execute(sql`update activities.series set visibility = 'internal' where id = ${seriesId}`)
    expect(await error(someone(ctx, slug))).toEqual({ type: 'not-found' })
    expect(await publicCycle(ctx, slug)).toBeNull()
  }))

test('la page publique montre les activités publiques, jamais un brouillon, une activité interne ou un lien', () =>
  inSandbox(async (house) => {
    const ctx = asVisitor(house)
    const { slug, seriesId } = await cycleOf(ctx, [{ remoteLink: 'https://visio.exemple.test', mode: 'distanciel' }])
    await makeActivity(ctx, { seriesId, status: 'draft', publishedAt: null })
    await makeActivity(ctx, { seriesId, visibility: 'internal' })
    const hidden = await makeActivity(ctx, { seriesId, visibility: 'unlisted' })
    const page = (await publicCycle(ctx, slug))!
    expect(page.steps.map(({ activity }) => activity.title)).toEqual(['Séance 1'])
    expect(JSON.stringify(page)).not.toContain('visio.exemple.test')
    await ctx.db.execute(sql`update activities.series set visibility = 'unlisted' where id = ${seriesId}`)
    expect((await publicCycle(ctx, slug))!.steps.map(({ activity }) => activity.id)).toContain(hidden.id)
  }))

test('le lien du message montre toutes ses inscriptions, et les rend toutes d’un geste, avec un seul message', () =>
  inSandbox(async (house) => {
    const ctx = asVisitor(house)
    const { slug, steps } = await cycleOf(ctx, [{}, { capacityOnsite: 1 }])
    await registerCycle(ctx, someone(ctx, slug))
    const waiting = await makeAttendance(ctx, {
      activityId: steps[1]!.id,
      status: 'waitlisted',
      personId: await makePerson(ctx, { email: null }),
    })
    const token = linkIn((await mails(ctx))[0]!.text)
    const own = await readOwnCycle(ctx, token)
    expect(own.ok && own.value.steps.map(({ title, status, open }) => [title, status, open])).toEqual([
      ['Séance 1', 'registered', true],
      ['Séance 2', 'registered', true],
    ])
    expect(await leaveCycle(ctx, token)).toEqual({ ok: true, value: null })
    expect(await leaveCycle(ctx, token)).toEqual({ ok: true, value: null })
    expect(await rowsOf(ctx)).toEqual(['Séance 1 cancelled onsite', 'Séance 2 cancelled onsite'])
    expect((await mails(ctx)).map(({ purpose }) => purpose).sort()).toEqual([
      'registration-cycle',
      'registration-cycle-left',
    ])
    const { rows } = await ctx.db.execute(sql`select status from activities.attendance where id = ${waiting.id}`)
    expect(rows).toEqual([{ status: 'registered' }])
    expect(await readOwnCycle(ctx, `${token}x`)).toEqual({ ok: false, error: { type: 'forged' } })
    expect(await leaveCycle(at(ctx, '2023-06-01T08:00:00Z'), token)).toEqual({ ok: false, error: { type: 'expired' } })
  }))

test('huit personnes s’inscrivent au même cycle au même instant : personne n’attend l’autre, aucune place de trop', () =>
  withDatabase(async (house) => {
    const ctx = asVisitor(house)
    const { slug, steps } = await cycleOf(ctx, [{ capacityOnsite: 5 }, { capacityOnsite: 6 }])
    const many = Array.from({ length: 8 }, (_, i) =>
      someone(ctx, slug, { email: `personne${i}@exemple.test`, familyName: `Nom ${i}` }),
    )
    const done = await Promise.all(many.map((form) => registerCycle(ctx, form)))
    expect(done.every(({ ok }) => ok)).toBe(true)
    const { rows } = await ctx.db.execute<{ taken: number }>(sql`
      select count(*) filter (where n.status = 'registered')::int as taken from activities.activity a
      join activities.attendance n on n.activity_id = a.id group by a.id, a.starts_at order by a.starts_at`)
    expect(rows.map(({ taken }) => taken)).toEqual([5, 6])
    expect(steps).toHaveLength(2)
  }))
