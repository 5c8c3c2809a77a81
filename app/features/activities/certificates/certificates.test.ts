import { eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { mergePeople } from '#app/features/directory/index.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import { outbox } from '#app/platform/schema.server.ts'
import { asRole, asVisitor, at, inSandbox } from '#tests/context.ts'
import { markAttendance } from '../attendance/mark-attendance.server.ts'
import { makeActivity, makeAttendance, makePerson } from '../fixtures.ts'
import { activities, attendances } from '../schema.server.ts'
import { renew } from './bulk.server.ts'
import { issueCertificate } from './issue.server.ts'
import { certificateList } from './list.server.ts'
import { certificatesOf, officeCertificate, verify } from './queries.server.ts'
import { certificates } from './schema.server.ts'
import type { Subject } from './subject.server.ts'

const nowhere = '0f0e0d0c-0b0a-4908-8706-050403020100'
const AFTER = '2022-12-12T09:00:00Z'

/** The seminar of 8 December is over; somebody came. */
async function given(world: AppContext, row: Partial<typeof attendances.$inferInsert> = {}) {
  const ctx = at(world, AFTER)
  const activity = await makeActivity(ctx, { title: 'Égalité : où en est-on ?' })
  const personId = await makePerson(ctx, { givenName: 'Élise', familyName: 'Œuvrard' })
  const attendance = await makeAttendance(ctx, { activityId: activity.id, personId, ...row })
  const subject: Subject = { kind: 'activity', id: activity.id }
  const issue = async () => {
    const issued = await issueCertificate(ctx, { subject, only: { attendanceId: attendance.id } })
    if (!issued.ok) throw new Error(issued.error.type)
    return read(ctx, issued.value.id)
  }
  const mark = (status: 'present' | 'absent' | 'registered') =>
    markAttendance(ctx, { activityId: activity.id, marks: [{ attendanceId: attendance.id, status }] })
  return { ctx, activity, personId, attendance, subject, issue, mark }
}

async function read(ctx: AppContext, id: string) {
  const [row] = await ctx.db.select().from(certificates).where(eq(certificates.id, id))
  return row!
}

const stateOf = async (ctx: AppContext, code: string) => (await verify(ctx.db, code)).state

describe('une attestation', () => {
  test('dit ce qui a été suivi, et porte un code que l’on recopie sans erreur', () =>
    inSandbox(async (world) => {
      const { issue } = await given(world)
      const one = await issue()
      expect(one).toMatchObject({ holder: 'Élise Œuvrard', minutes: 180, kind: 'activity', revokedAt: null })
      expect(one.facts).toMatchObject({ subject: 'Égalité : où en est-on ?', nature: 'Séminaire', connected: false })
      expect(one.code).toMatch(/^([2-9A-HJ-NP-Z]{4}-){2}[2-9A-HJ-NP-Z]{4}$/)
    }))

  test('demandée deux fois est la même', () =>
    inSandbox(async (world) => {
      const { issue } = await given(world)
      expect((await issue()).id).toBe((await issue()).id)
    }))

  test('compte les minutes connectées, jamais plus que la durée des séances', () =>
    inSandbox(async (world) => {
      const short = await given(world, { mode: 'remote', connectedMinutes: 95 })
      expect(await short.issue()).toMatchObject({ minutes: 95, facts: { connected: true } })
      const long = await given(world, { mode: 'remote', connectedMinutes: 300 })
      expect((await long.issue()).minutes).toBe(180)
      const onsite = await given(world, { mode: 'onsite', connectedMinutes: 10 })
      expect(await onsite.issue()).toMatchObject({ minutes: 180, facts: { connected: false } })
    }))

  test('se refait quand ce qu’elle dit change : l’ancienne mène à la nouvelle, deux fois de suite', () =>
    inSandbox(async (world) => {
      const { ctx, activity, issue } = await given(world)
      const first = await issue()
      await ctx.db.update(activities).set({ title: 'Égalité, le point' }).where(eq(activities.id, activity.id))
      const second = await issue()
      await ctx.db.update(activities).set({ title: 'Égalité 2022' }).where(eq(activities.id, activity.id))
      const third = await issue()
      expect(new Set([first.code, second.code, third.code]).size).toBe(3)
      for (const { id } of [first, second])
        expect(await read(ctx, id)).toMatchObject({ revokedFor: 'replaced', replacedById: third.id })
      expect(await verify(ctx.db, first.code)).toMatchObject({ state: 'revoked', reason: 'replaced', newer: true })
      expect(await stateOf(ctx, third.code)).toBe('good')
    }))
})

describe('elle n’est pas donnée', () => {
  const refusal = async (ctx: AppContext, subject: Subject, attendanceId?: string) => {
    const issued = await issueCertificate(ctx, { subject, only: { attendanceId } })
    return issued.ok ? 'ok' : issued.error.type
  }

  test('à qui n’était pas présent', () =>
    inSandbox(async (world) => {
      for (const status of ['registered', 'absent', 'excused', 'waitlisted', 'cancelled'] as const) {
        const { ctx, subject, attendance } = await given(world, { status })
        expect(await refusal(ctx, subject, attendance.id)).toBe('not-entitled')
      }
    }))

  test('avant la fin, sans date, pour un brouillon ou une activité annulée', () =>
    inSandbox(async (world) => {
      const { ctx, subject, attendance, activity } = await given(world)
      expect(await refusal(at(ctx, '2022-12-08T11:00:00Z'), subject, attendance.id)).toBe('not-over')
      for (const status of ['draft', 'cancelled'] as const) {
        await ctx.db.update(activities).set({ status }).where(eq(activities.id, activity.id))
        expect(await refusal(ctx, subject, attendance.id)).toBe('not-given')
      }
      const undated = await makeActivity(ctx, { sessions: [] })
      expect(await refusal(ctx, { kind: 'activity', id: undated.id })).toBe('no-date')
      expect(await refusal(ctx, { kind: 'activity', id: nowhere })).toBe('no-such-subject')
      expect(await refusal(ctx, { kind: 'series', id: nowhere })).toBe('no-such-subject')
    }))

  test('par qui n’y a pas droit', () =>
    inSandbox(async (world) => {
      const { ctx, subject, attendance } = await given(world)
      expect(await refusal(asRole(ctx, 'lecture'), subject, attendance.id)).toBe('not-allowed')
      expect(await refusal(asVisitor(ctx), subject, attendance.id)).toBe('not-allowed')
      expect(await refusal(asRole(ctx, 'gestion'), subject, attendance.id)).toBe('ok')
    }))

  test('ni lue par qui n’y a pas droit', () =>
    inSandbox(async (world) => {
      const { ctx, subject, issue } = await given(world)
      const { id } = await issue()
      expect(await officeCertificate(asVisitor(ctx), id)).toBeNull()
      expect(await certificateList(asVisitor(ctx), subject)).toBeNull()
      expect(await certificatesOf(asRole(ctx, 'lecture'), subject, 1)).toEqual([])
      expect(await officeCertificate(asRole(ctx, 'lecture'), id)).not.toBeNull()
      expect(await certificatesOf(asRole(ctx, 'gestion'), subject, 1)).toHaveLength(1)
      expect(await certificatesOf(asRole(ctx, 'gestion'), subject, 2)).toEqual([])
    }))
})

describe('elle suit la présence dont elle fait état, dans la même transaction', () => {
  test('retirée quand la présence l’est, de nouveau bonne quand elle revient', () =>
    inSandbox(async (world) => {
      const { ctx, issue, mark } = await given(world)
      const { code, id } = await issue()
      await mark('absent')
      expect(await verify(ctx.db, code)).toMatchObject({ state: 'revoked', reason: 'attendance', newer: false })
      expect((await read(ctx, id)).revokedAt).toEqual(new Date(AFTER))
      expect(await officeCertificate(ctx, id)).toBeNull()
      await mark('present')
      expect(await stateOf(ctx, code)).toBe('good')
      expect((await issue()).code).toBe(code)
    }))

  test('retirée aussi quand la ligne disparaît, ou par une autre main que la nôtre', () =>
    inSandbox(async (world) => {
      const one = await given(world)
      const { code } = await one.issue()
      await one.ctx.db.delete(attendances).where(eq(attendances.id, one.attendance.id))
      expect(await stateOf(one.ctx, code)).toBe('revoked')
      const other = await given(world)
      const { code: second } = await other.issue()
      await other.ctx.db.execute(
        sql`update activities.attendance set status = 'excused' where id = ${other.attendance.id}`,
      )
      expect(await stateOf(other.ctx, second)).toBe('revoked')
    }))

  test('remplacée, elle ne revient pas avec la présence', () =>
    inSandbox(async (world) => {
      const { ctx, activity, issue, mark } = await given(world)
      const first = await issue()
      await mark('absent')
      await ctx.db.update(activities).set({ title: 'Autre titre' }).where(eq(activities.id, activity.id))
      await mark('present')
      expect(await stateOf(ctx, first.code)).toBe('good')
      const second = await issue()
      await mark('absent')
      await mark('present')
      expect([await stateOf(ctx, first.code), await stateOf(ctx, second.code)]).toEqual(['revoked', 'good'])
    }))

  test('un nom corrigé la remplace ; ce qui ne touche pas au nom n’y fait rien', () =>
    inSandbox(async (world) => {
      const { ctx, personId, issue } = await given(world)
      const old = await issue()
      await ctx.db.execute(
        sql`update directory.person set phone = '+33600000000', updated_at = now() where id = ${personId}`,
      )
      expect(await stateOf(ctx, old.code)).toBe('good')
      await ctx.db.execute(
        sql`update directory.person set family_name = 'Œuvrard-Roux', updated_at = ${AFTER}::timestamptz where id = ${personId}`,
      )
      expect(await verify(ctx.db, old.code)).toMatchObject({ state: 'revoked', reason: 'renamed', newer: false })
      const [job] = await ctx.db.select().from(outbox).where(eq(outbox.name, 'activities.renew-certificate'))
      await renew(ctx, job!.payload as { certificateId: string })
      expect(await verify(ctx.db, old.code)).toMatchObject({ state: 'revoked', reason: 'renamed', newer: true })
      const next = await read(ctx, (await read(ctx, old.id)).replacedById!)
      expect(next).toMatchObject({ holder: 'Élise Œuvrard-Roux', revokedAt: null })
      await renew(ctx, job!.payload as { certificateId: string })
      expect(await stateOf(ctx, next.code)).toBe('good')
    }))

  test('deux fiches fusionnées : les papiers donnés restent vrais', () =>
    inSandbox(async (world) => {
      const { ctx, personId, issue } = await given(world)
      const { code } = await issue()
      const keptId = await makePerson(ctx, { givenName: 'Elise', familyName: 'Oeuvrard' })
      expect(await mergePeople(ctx, { keptId, droppedId: personId })).toMatchObject({ ok: true })
      expect(await stateOf(ctx, code)).toBe('good')
    }))
})

describe('la vérification par code', () => {
  test('accepte le code comme on le tape, et ne dit rien de ce qu’elle ne connaît pas', () =>
    inSandbox(async (world) => {
      const { ctx, issue } = await given(world)
      const { code } = await issue()
      expect(await stateOf(ctx, code.toLowerCase().replaceAll('-', ' '))).toBe('good')
      expect(await stateOf(ctx, 'AAAA-BBBB-CCCC')).toBe('unknown')
      expect(await stateOf(ctx, `${code}A`)).toBe('unknown')
    }))

  test('d’une attestation retirée, ne dit rien de la personne', () =>
    inSandbox(async (world) => {
      const { ctx, issue, mark } = await given(world)
      const { code } = await issue()
      await mark('absent')
      expect(JSON.stringify(await verify(ctx.db, code))).not.toMatch(/Élise|Œuvrard|Égalité/)
    }))
})

test('la liste dit où en est chacun', () =>
  inSandbox(async (world) => {
    const { ctx, subject, activity, issue } = await given(world)
    const personId = await makePerson(ctx, { givenName: 'Ali', familyName: 'Benali', email: null })
    await makeAttendance(ctx, { activityId: activity.id, personId })
    await issue()
    expect(await certificateList(ctx, subject)).toMatchObject({
      total: 2,
      given: 1,
      withoutEmail: 1,
      unsent: 1,
      rows: [
        { name: 'Ali Benali', state: 'none', hasEmail: false },
        { name: 'Élise Œuvrard', state: 'given', hasEmail: true },
      ],
    })
    await ctx.db.update(activities).set({ title: 'Autre titre' }).where(eq(activities.id, activity.id))
    expect((await certificateList(ctx, subject))!.rows[1]!.state).toBe('stale')
  }))
