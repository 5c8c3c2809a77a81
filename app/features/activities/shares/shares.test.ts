import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AppContext } from '#app/platform/context.ts'
import { asRole, asVisitor, at, inSandbox, withDatabase } from '#tests/context.ts'
import { exportedRows, figureById } from '../figures/catalogue.server.ts'
import { yearPeriod } from '../figures/period.ts'
import { makeActivity, makeAttendance, makeOrganisation } from '../fixtures.ts'
import { quartersText, readQuarters } from './quarters.ts'
import { clearShares, exportShared, readSharing, setShares, sharedOfYear } from './shares.server.ts'

const after = (ctx: AppContext) => at(ctx, '2023-02-01T09:00:00Z')

/** Co-organised with so many others: 4 half-days over two days. */
async function coOrganised(
  ctx: AppContext,
  others: number,
  role: 'co-organisateur' | 'organisateur' = 'co-organisateur',
) {
  const sessions = [{ startsAt: new Date('2022-12-08T08:00:00Z'), endsAt: new Date('2022-12-09T16:00:00Z') }]
  const { id, slug } = await makeActivity(ctx, { role, sessions })
  const partners = []
  for (let i = 0; i < others; i += 1) {
    const organisationId = await makeOrganisation(ctx)
    await ctx.db.execute(
      sql`insert into activities.activity_partner (activity_id, organisation_id) values (${id}, ${organisationId})`,
    )
    partners.push(organisationId)
  }
  return { id, slug, partners }
}

const target = (activityId: string) => ({ activityId, version: null })
const plain = { commonId: null, reporterId: null }

async function attributed(ctx: AppContext, id = 'demi-journees-attribuees') {
  const found = await figureById(id)!.compute(ctx, yearPeriod(2022))
  if (!found.ok) throw new Error(found.error.type)
  return found.value.value
}

test(
  'les parts de tous les organisateurs font toujours les demi-journées, et la nôtre seule entre dans le chiffre',
  { timeout: 60_000 },
  () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 16 }), { minLength: 1, maxLength: 4 }), (drawn) =>
        inSandbox(async (sandbox) => {
          const ctx = after(sandbox)
          const { id, partners } = await coOrganised(ctx, drawn.length)
          // what is drawn is bounded so that the centre keeps the rest
          let rest = 16
          const theirs = drawn.map((quarters) => {
            const taken = Math.min(quarters, rest)
            rest -= taken
            return taken
          })
          const parts = [
            { organisationId: null, quarters: rest },
            ...theirs.map((quarters, i) => ({ organisationId: partners[i]!, quarters })),
          ]
          expect((await setShares(ctx, target(id), { ...plain, parts })).ok).toBe(true)
          expect(await attributed(ctx)).toBe(rest / 4)
          expect(await attributed(ctx, 'demi-journees')).toBe(4)
          const sharing = (await readSharing(ctx, id))!
          expect(sharing.parts.reduce((all, { quarters }) => all + quarters, 0)).toBe(sharing.halfDays * 4)
        }),
      ),
      { numRuns: 10 },
    ),
)

test('sans accord, tout est au centre et l’activité est à partager ; qui n’organise pas n’a rien', () =>
  inSandbox(async (sandbox) => {
    const ctx = after(sandbox)
    const { id } = await coOrganised(ctx, 1)
    await coOrganised(ctx, 0, 'organisateur')
    await makeActivity(ctx, { role: 'partenaire' })
    expect(await attributed(ctx)).toBe(8)
    expect(await sharedOfYear(ctx, 2022)).toMatchObject([{ id, state: 'to-share', ours: 4 }])
    expect(await sharedOfYear(ctx, 2021)).toEqual([])
  }))

test('quand les demi-journées changent, l’accord ne tient plus : tout revient au centre, à partager de nouveau', () =>
  inSandbox(async (sandbox) => {
    const ctx = after(sandbox)
    const { id, slug, partners } = await coOrganised(ctx, 1)
    const parts = [
      { organisationId: null, quarters: 6 },
      { organisationId: partners[0]!, quarters: 10 },
    ]
    expect((await setShares(ctx, target(id), { ...plain, parts, reporterId: partners[0]! })).ok).toBe(true)
    expect(await sharedOfYear(ctx, 2022)).toMatchObject([
      { state: 'shared', ours: 1.5, commonId: `https://maillage.test/agenda/${slug}` },
    ])
    await ctx.db.execute(
      sql`update activities.activity set half_days_override = 2, half_days_reason = 'essai' where id = ${id}`,
    )
    expect(await attributed(ctx)).toBe(2)
    expect(await readSharing(ctx, id)).toMatchObject({ halfDays: 2, agreedHalfDays: 4 })
    expect((await clearShares(ctx, id)).ok).toBe(true)
    expect(await readSharing(ctx, id)).toMatchObject({ agreedHalfDays: null })
  }))

test('un seul organisateur déclare les participants ; les lignes exportées portent le partage et l’identifiant commun', () =>
  inSandbox(async (sandbox) => {
    const ctx = after(sandbox)
    const { id, partners } = await coOrganised(ctx, 1)
    await makeAttendance(ctx, { activityId: id })
    expect(await attributed(ctx, 'presences-declarees')).toBe(1)
    const parts = [
      { organisationId: null, quarters: 8 },
      { organisationId: partners[0]!, quarters: 8 },
    ]
    await setShares(ctx, target(id), { parts, commonId: 'SEM-2022-12', reporterId: partners[0]! })
    expect(await attributed(ctx, 'presences-declarees')).toBe(0)
    expect(await attributed(ctx, 'presences')).toBe(1)
    const rows = await exportedRows(ctx, figureById('demi-journees-attribuees')!, yearPeriod(2022), {}, undefined)
    expect(rows.ok && rows.value).toMatchObject([{ count: 2, sharing: 'shared', commonId: 'SEM-2022-12' }])
  }))

test('les refus : total faux, organisation étrangère, activité qui n’est pas co-organisée, droits', () =>
  inSandbox(async (sandbox) => {
    const ctx = after(sandbox)
    const { id } = await coOrganised(ctx, 1)
    const all = [{ organisationId: null, quarters: 16 }]
    const error = async (input: Parameters<typeof setShares>[2], who = ctx, activity = id) => {
      const done = await setShares(who, target(activity), input)
      return done.ok ? 'ok' : done.error
    }
    expect(await error({ ...plain, parts: [{ organisationId: null, quarters: 15 }] })).toEqual({
      type: 'wrong-total',
      given: 15,
      halfDays: 4,
    })
    expect(await error({ ...plain, parts: all, reporterId: await makeOrganisation(ctx) })).toEqual({
      type: 'not-a-partner',
    })
    expect(await error({ ...plain, parts: all }, ctx, (await coOrganised(ctx, 0, 'organisateur')).id)).toEqual({
      type: 'not-co-organised',
    })
    expect(await error({ ...plain, parts: all }, asRole(ctx, 'gestion'))).toEqual({ type: 'not-allowed' })
    expect(await clearShares(asRole(ctx, 'lecture'), id)).toEqual({ ok: false, error: { type: 'not-allowed' } })
    expect(await readSharing(asVisitor(ctx), id)).toBeNull()
    expect(await sharedOfYear(asVisitor(ctx), 2022)).toBeNull()
    expect(await exportShared(asVisitor(ctx), 2022, 'csv')).toBeNull()
  }))

test('la base refuse, à la fin de la transaction, des parts qui ne font pas les demi-journées', () =>
  withDatabase(async (house) => {
    const ctx = after(house)
    const { id } = await coOrganised(ctx, 1)
    const write = (halfDays: number, quarters: number) =>
      ctx.db.transaction(async (tx) => {
        await tx.execute(
          sql`insert into activities.sharing (activity_id, half_days, updated_at) values (${id}, ${halfDays}, now())`,
        )
        await tx.execute(sql`insert into activities.share (activity_id, quarters) values (${id}, ${quarters})`)
      })
    const code = async (work: Promise<unknown>) =>
      work.then(
        () => 'written',
        (error: { code?: string; cause?: { code?: string } }) => error.cause?.code ?? error.code,
      )
    expect(await code(write(4, 15))).toBe('23514')
    expect(await code(write(3, 12))).toBe('23514')
    expect(await code(write(4, 16))).toBe('written')
    expect(await code(ctx.db.execute(sql`update activities.share set quarters = 8 where activity_id = ${id}`))).toBe(
      '23514',
    )
    expect(await code(ctx.db.execute(sql`delete from activities.share where activity_id = ${id}`))).toBe('23514')
  }))

test('les quarts se lisent et s’écrivent', () => {
  expect(['1', '0,5', '1.75', '', ' 2 '].map(readQuarters)).toEqual([4, 2, 7, 0, 8])
  for (const text of ['1,3', '-1', 'un', '1e3', '99999']) expect([text, readQuarters(text)]).toEqual([text, null])
  fc.assert(
    fc.property(fc.nat({ max: 4000 }), (quarters) => {
      expect(readQuarters(quartersText(quarters))).toBe(quarters)
    }),
  )
})
