import { eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import type { AppContext } from '#app/platform/context.ts'
import { signCode } from '#app/platform/signed-link.server.ts'
import { asRole, at, inSandbox, withDatabase } from '#tests/context.ts'
import { makeActivity, makeAttendance, makePerson } from '../fixtures.ts'
import { attendances, checkInGestures } from '../schema.server.ts'
import { checkIn } from './check-in.server.ts'
import type { Gesture, Outcome } from './door.ts'

const key = () => crypto.randomUUID()

async function room(
  ctx: AppContext,
  statuses: readonly (typeof attendances.$inferInsert)['status'][] = ['registered'],
) {
  const activity = await makeActivity(ctx, { mode: 'hybride' })
  const rows = []
  for (const status of statuses) rows.push(await makeAttendance(ctx, { activityId: activity.id, status }))
  return { activityId: activity.id, rows, door: { kind: 'office' as const, activityId: activity.id } }
}

async function done(result: Promise<Awaited<ReturnType<typeof checkIn>>>): Promise<Outcome[]> {
  const answer = await result
  if (!answer.ok) throw new Error(answer.error.type)
  return answer.value
}

const statusOf = async (ctx: AppContext, id: string) =>
  (await ctx.db.select().from(attendances).where(eq(attendances.id, id)))[0]

const enter = (id: string, more: object = {}): Gesture => ({ key: key(), kind: 'enter', id, ...more })

describe('entrer', () => {
  test('une personne inscrite est présente, et le journal dit qui l’a fait entrer', () =>
    inSandbox(async (ctx) => {
      const { rows, door } = await room(ctx)
      const [outcome] = await done(checkIn(asRole(ctx, 'gestion'), door, [enter(rows[0]!.id)]))
      expect(outcome).toMatchObject({ outcome: 'entered', id: rows[0]!.id, at: ctx.now().getTime() })
      expect((await statusOf(ctx, rows[0]!.id))!.status).toBe('present')
      const { rows: traces } = await ctx.db.execute(
        sql`select actor_label, fields from platform.change where entity_id = ${rows[0]!.id} and action = 'attendance.checked-in'`,
      )
      expect(traces).toEqual([{ actor_label: 'Camille Essai', fields: { status: ['registered', 'present'] } }])
    }))

  test('inscrite à distance et venue sur place : présente sur place ; annuler rend les deux', () =>
    inSandbox(async (ctx) => {
      const { activityId, door } = await room(ctx)
      const { id } = await makeAttendance(ctx, { activityId, status: 'registered', mode: 'remote' })
      await done(checkIn(ctx, door, [enter(id)]))
      expect(await statusOf(ctx, id)).toMatchObject({ status: 'present', mode: 'onsite' })
      const [undone] = await done(checkIn(ctx, door, [{ key: key(), kind: 'undo', id }]))
      expect(undone).toMatchObject({ outcome: 'undone', id })
      expect(await statusOf(ctx, id)).toMatchObject({ status: 'registered', mode: 'remote' })
    }))

  test('la seconde tablette apprend que la personne est entrée, et à quelle heure', () =>
    inSandbox(async (ctx) => {
      const { rows, door } = await room(ctx)
      await done(checkIn(ctx, door, [enter(rows[0]!.id)]))
      const later = at(ctx, '2022-11-24T09:12:00Z')
      const [second] = await done(checkIn(later, door, [enter(rows[0]!.id)]))
      expect(second).toMatchObject({ outcome: 'already', at: ctx.now().getTime() })
    }))

  test('un geste renvoyé, sa réponse perdue, reçoit la même réponse et n’écrit rien de plus', () =>
    inSandbox(async (ctx) => {
      const { rows, door } = await room(ctx)
      const gesture = enter(rows[0]!.id)
      const first = await done(checkIn(ctx, door, [gesture]))
      expect(await done(checkIn(at(ctx, '2022-11-24T10:00:00Z'), door, [gesture]))).toEqual(first)
      // Undone meanwhile by somebody else: the old gesture, sent again, does not come back to life.
      await done(checkIn(ctx, door, [{ key: key(), kind: 'undo', id: rows[0]!.id }]))
      await done(checkIn(ctx, door, [gesture]))
      expect((await statusOf(ctx, rows[0]!.id))!.status).toBe('registered')
    }))

  test('la liste d’attente et les inscriptions annulées attendent une décision, puis entrent si on le demande', () =>
    inSandbox(async (ctx) => {
      const { rows, door } = await room(ctx, ['waitlisted', 'cancelled'])
      const ids = rows.map(({ id }) => id)
      const asked = await done(
        checkIn(
          ctx,
          door,
          ids.map((id) => enter(id)),
        ),
      )
      expect(asked.map(({ outcome }) => outcome)).toEqual(['waitlisted', 'cancelled'])
      expect((await statusOf(ctx, ids[0]!))!.status).toBe('waitlisted')
      const admitted = await done(
        checkIn(
          ctx,
          door,
          ids.map((id) => enter(id, { admit: true })),
        ),
      )
      expect(admitted.map(({ outcome }) => outcome)).toEqual(['entered', 'entered'])
      await done(checkIn(ctx, door, [{ key: key(), kind: 'undo', id: ids[0] }]))
      expect((await statusOf(ctx, ids[0]!))!.status).toBe('waitlisted')
    }))

  test('la même personne deux fois dans un envoi entre une fois', () =>
    inSandbox(async (ctx) => {
      const { rows, door } = await room(ctx)
      const both = await done(checkIn(ctx, door, [enter(rows[0]!.id), enter(rows[0]!.id)]))
      expect(both.map(({ outcome }) => outcome)).toEqual(['entered', 'already'])
      expect(await ctx.db.select().from(checkInGestures)).toHaveLength(1)
    }))

  test('une activité annulée ne se pointe plus ; une activité qui n’existe pas ne dit rien', () =>
    inSandbox(async (ctx) => {
      const { activityId, rows, door } = await room(ctx)
      await ctx.db.execute(sql`update activities.activity set status = 'cancelled' where id = ${activityId}`)
      expect(await checkIn(ctx, door, [enter(rows[0]!.id)])).toEqual({
        ok: false,
        error: { type: 'activity-cancelled' },
      })
      const nowhere = { kind: 'office' as const, activityId: key() }
      expect(await checkIn(ctx, nowhere, [enter(rows[0]!.id)])).toEqual({
        ok: false,
        error: { type: 'no-such-activity' },
      })
    }))

  test('qui ne peut que lire ne fait entrer personne', () =>
    inSandbox(async (ctx) => {
      const { rows, door } = await room(ctx)
      const answer = await checkIn(asRole(ctx, 'lecture'), door, [enter(rows[0]!.id)])
      expect(answer).toEqual({ ok: false, error: { type: 'not-allowed' } })
    }))
})

describe('le code du billet', () => {
  const codeOf = (ctx: AppContext, id: string, version = 1) => signCode(ctx.secret, 'check-in', { id, version })

  test('fait entrer la personne dont c’est le billet', () =>
    inSandbox(async (ctx) => {
      const { rows, door } = await room(ctx)
      const code = codeOf(ctx, rows[0]!.id)
      expect(await done(checkIn(ctx, door, [{ key: key(), kind: 'enter', code }]))).toMatchObject([
        { outcome: 'entered', id: rows[0]!.id },
      ])
    }))

  test('inventé, fait pour autre chose ou remplacé, n’ouvre rien', () =>
    inSandbox(async (ctx) => {
      const { rows, door } = await room(ctx)
      const { id } = rows[0]!
      const forged = [codeOf({ ...ctx, secret: 'autre' }, id), 'https://exemple.test', '', codeOf(ctx, id, 2)]
      const outcomes = await done(
        checkIn(
          ctx,
          door,
          forged.map((code): Gesture => ({ key: key(), kind: 'enter', code })),
        ),
      )
      expect(outcomes.map(({ outcome }) => outcome)).toEqual(['unknown', 'unknown', 'unknown', 'unknown'])
      expect((await statusOf(ctx, id))!.status).toBe('registered')
    }))

  test('d’une autre activité : dit, avec son titre pour l’équipe', () =>
    inSandbox(async (ctx) => {
      const { door } = await room(ctx)
      const other = await makeActivity(ctx, { title: 'Le forum d’à côté' })
      const { id } = await makeAttendance(ctx, { activityId: other.id, status: 'registered' })
      const [outcome] = await done(checkIn(ctx, door, [{ key: key(), kind: 'enter', code: codeOf(ctx, id) }]))
      expect(outcome).toMatchObject({ outcome: 'elsewhere', id: null, activity: 'Le forum d’à côté' })
      expect((await statusOf(ctx, id))!.status).toBe('registered')
      // by its bare number, without a code, nothing is said of the rows of other activities
      expect(await done(checkIn(ctx, door, [enter(id)]))).toMatchObject([{ outcome: 'unknown' }])
    }))
})

describe('sans inscription', () => {
  const marie = (more: object = {}): Gesture => ({
    key: key(),
    kind: 'walk-in',
    givenName: 'Marie',
    familyName: 'Dupont',
    ...more,
  })

  test('une personne venue sans inscription est une personne, même envoyée deux fois', () =>
    inSandbox(async (ctx) => {
      const { activityId, door } = await room(ctx)
      const gesture = marie({ organisation: 'Mission locale' })
      const first = await done(checkIn(ctx, door, [gesture]))
      expect(first).toMatchObject([{ outcome: 'added' }])
      expect(await done(checkIn(ctx, door, [gesture]))).toEqual(first)
      const { rows } = await ctx.db.execute(sql`
        select p.full_name, n.status, n.source, n.organisation_name from activities.attendance n
        join directory.person_card p on p.id = n.person_id where n.activity_id = ${activityId} and n.source = 'walk-in'`)
      expect(rows).toEqual([
        { full_name: 'Marie Dupont', status: 'present', source: 'walk-in', organisation_name: 'Mission locale' },
      ])
    }))

  test('du même nom qu’une personne de la liste : rien n’est écrit sans réponse', () =>
    inSandbox(async (ctx) => {
      const { door } = await room(ctx)
      const [first] = await done(checkIn(ctx, door, [marie()]))
      expect(await done(checkIn(ctx, door, [marie({ givenName: 'MARIE' })]))).toMatchObject([
        { outcome: 'same-name', id: first!.id },
      ])
      const [other] = await done(checkIn(ctx, door, [marie({ another: true })]))
      expect(other).toMatchObject({ outcome: 'added' })
      expect(other!.id).not.toBe(first!.id)
    }))

  test('ajoutée par erreur, elle quitte la liste ; le geste qui l’a ajoutée suffit à la désigner', () =>
    inSandbox(async (ctx) => {
      const { door } = await room(ctx)
      const gesture = marie()
      const [added] = await done(checkIn(ctx, door, [gesture]))
      const undo: Gesture = { key: key(), kind: 'undo', of: gesture.key }
      expect(await done(checkIn(ctx, door, [undo]))).toMatchObject([{ outcome: 'undone' }])
      expect(await statusOf(ctx, added!.id!)).toBeUndefined()
      expect(await done(checkIn(ctx, door, [undo]))).toMatchObject([{ outcome: 'undone' }])
    }))

  test('inscrite avec cette adresse, elle est retrouvée ; annuler la rend inscrite', () =>
    inSandbox(async (ctx) => {
      const { activityId, door } = await room(ctx)
      const personId = await makePerson(ctx, { givenName: 'Marie', familyName: 'Dupont', email: 'marie@exemple.test' })
      const { id } = await makeAttendance(ctx, { activityId, personId, status: 'registered' })
      expect(await done(checkIn(ctx, door, [marie({ email: 'marie@exemple.test' })]))).toMatchObject([
        { outcome: 'found', id },
      ])
      await done(checkIn(ctx, door, [{ key: key(), kind: 'undo', id }]))
      expect((await statusOf(ctx, id))!.status).toBe('registered')
    }))
})

test('dix appareils font entrer les mêmes quarante personnes à la fois : chacune entre une fois', () =>
  withDatabase(async (ctx) => {
    const { activityId } = await makeAttendance(ctx, { status: 'registered' })
    for (let n = 1; n < 40; n++) await makeAttendance(ctx, { activityId, status: 'registered' })
    const rows = await ctx.db.select({ id: attendances.id }).from(attendances)
    const door = { kind: 'office' as const, activityId }
    const devices = Array.from({ length: 10 }, (_, device) => {
      const order = device % 2 ? rows : rows.toReversed()
      return checkIn(
        ctx,
        door,
        order.map(({ id }) => enter(id)),
      )
    })
    const outcomes = (await Promise.all(devices)).flatMap((answer) => (answer.ok ? answer.value : []))
    expect(outcomes).toHaveLength(400)
    expect(outcomes.filter(({ outcome }) => outcome === 'entered')).toHaveLength(40)
    expect(outcomes.filter(({ outcome }) => outcome === 'already')).toHaveLength(360)
    const { rows: traces } = await ctx.db.execute(
      sql`select count(*)::int as n from platform.change where action = 'attendance.checked-in'`,
    )
    expect(traces).toEqual([{ n: 40 }])
  }))

test('le même geste parti deux fois à la fois reçoit deux fois « entrée », et ajoute une seule personne', () =>
  withDatabase(async (ctx) => {
    const { activityId, id } = await makeAttendance(ctx, { status: 'registered' })
    const door = { kind: 'office' as const, activityId }
    const gesture = enter(id)
    const added: Gesture = { key: key(), kind: 'walk-in', givenName: 'Noé', familyName: 'Rey' }
    const twice = await Promise.all(Array.from({ length: 6 }, () => checkIn(ctx, door, [gesture, added])))
    expect(twice.map((answer) => answer.ok && answer.value.map(({ outcome }) => outcome))).toEqual(
      Array(6).fill(['entered', 'added']),
    )
    const { rows } = await ctx.db.execute(sql`select count(*)::int as n from activities.attendance`)
    expect(rows).toEqual([{ n: 2 }])
  }))
