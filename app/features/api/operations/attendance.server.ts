import { z } from 'zod'
import {
  addByHand,
  attendanceModes,
  attendanceSheet,
  attendanceSources,
  attendanceStatuses,
  markAttendance,
  sheetRows,
} from '#app/features/activities/index.server.ts'
import { ok } from '#app/platform/result.ts'
import { named, operation } from '../operation.ts'
import { conflict, missing, notAllowed, unreadable } from '../problems.ts'
import * as shape from '../shapes.ts'

const attendance = z.object({
  id: shape.id,
  personId: shape.id,
  givenName: z.string(),
  familyName: z.string(),
  email: z.string().nullable(),
  status: z.enum(attendanceStatuses),
  mode: z.enum(attendanceModes),
  source: z.enum(attendanceSources),
  profile: z.string().nullable(),
  function: z.string().nullable(),
  organisation: z.string().nullable(),
  departement: z.string().nullable(),
})

const noActivity = () => missing('Aucune activité ne porte ce numéro.')

const listed = operation({
  id: 'listAttendances',
  method: 'get',
  path: '/activities/{id}/attendances',
  tag: 'Inscriptions et présences',
  summary: 'Les inscrits et les présents d’une activité, par nom',
  scope: 'attendance:read',
  params: shape.oneParam,
  query: z.strictObject(shape.pageQuery),
  body: null,
  answer: { status: 200, ...named('AttendanceList', shape.listOf(attendance)) },
  run: async (ctx, { params, query }) => {
    const state = shape.stateOf(query, { key: 'nom', direction: 'asc' })
    const sheet = await attendanceSheet(ctx, params.id, state)
    if (!sheet) return noActivity()
    const offset = (query.page - 1) * shape.PAGE_SIZE
    if (offset > 0 && offset >= sheet.total) return missing('Cette page n’existe pas.')
    const rows = await sheetRows(ctx, params.id, state, { offset, limit: shape.PAGE_SIZE })
    const items = rows.map(({ accessibilityNeeds: _, ...row }) => row)
    return ok(shape.pageOf(`${ctx.baseUrl}/api/v1/activities/${params.id}/attendances`, query, sheet.total, items))
  },
})

const person = z.union([
  z.strictObject({ id: shape.id }),
  z.strictObject({
    givenName: shape.line(100),
    familyName: shape.line(100).min(1),
    email: z.email().max(254).nullable(),
  }),
])

const registered = operation({
  id: 'registerPerson',
  method: 'post',
  path: '/activities/{id}/attendances',
  tag: 'Inscriptions et présences',
  summary: 'Inscrire quelqu’un, dans la limite des places',
  scope: 'attendance:write',
  params: shape.oneParam,
  query: shape.noQuery,
  body: named(
    'NewAttendance',
    z.strictObject({
      person,
      organisation: shape.line().nullable().default(null),
      function: shape.line(150).nullable().default(null),
      profileId: shape.code.nullable().default(null),
      departementId: shape.code.nullable().default(null),
      mode: z.enum(attendanceModes).nullable().default(null).describe('Pour une activité hybride.'),
      tell: z.boolean().default(true).describe('Envoyer la confirmation à la personne.'),
    }),
  ),
  answer: {
    status: 201,
    ...named('MadeAttendance', z.object({ id: shape.id, status: z.enum(['registered', 'waitlisted']) })),
  },
  run: async (ctx, { params, body }) => {
    const done = await addByHand(ctx, { ...body, activityId: params.id, beyondCapacity: false })
    if (done.ok) return ok({ id: done.value.attendanceId, status: done.value.status })
    switch (done.error.type) {
      case 'not-allowed':
        return notAllowed()
      case 'not-found':
        return noActivity()
      case 'no-such-person':
        return unreadable({ 'person.id': ['Cette personne n’est pas dans l’annuaire.'] })
      case 'invalid':
        return unreadable(
          Object.fromEntries(done.error.problems.map(({ field }) => [field, ['Cette valeur manque ou n’existe pas.']])),
        )
      case 'already':
        return conflict('Cette personne est déjà inscrite.')
      case 'full':
        return conflict('Il n’y a plus de place.')
      case 'cancelled':
        return conflict('Cette activité est annulée.')
      case 'closed':
      case 'over':
      case 'not-open':
        return conflict('On ne s’inscrit pas à cette activité en ce moment.')
      default:
        return done.error satisfies never
    }
  },
})

const ticked = ['registered', 'present', 'excused', 'absent'] as const

const marked = operation({
  id: 'markAttendance',
  method: 'put',
  path: '/activities/{id}/attendances/{attendanceId}',
  tag: 'Inscriptions et présences',
  summary: 'Pointer une personne',
  scope: 'attendance:write',
  params: z.strictObject({ id: shape.id, attendanceId: shape.id }),
  query: shape.noQuery,
  body: named('Mark', z.strictObject({ status: z.enum(ticked), mode: z.enum(attendanceModes).optional() })),
  answer: {
    status: 200,
    ...named('Marked', z.object({ id: shape.id, status: z.enum(attendanceStatuses), mode: z.enum(attendanceModes) })),
  },
  run: async (ctx, { params: { id, attendanceId }, body }) => {
    const done = await markAttendance(ctx, { activityId: id, marks: [{ attendanceId, ...body }] })
    if (!done.ok) {
      switch (done.error.type) {
        case 'not-allowed':
          return notAllowed()
        case 'no-such-activity':
          return noActivity()
        case 'activity-cancelled':
          return conflict('Cette activité est annulée.')
        default:
          return done.error satisfies never
      }
    }
    const [row] = done.value.rows
    if (!row) return missing('Aucune inscription ne porte ce numéro dans cette activité.')
    return ok({ id: row.attendanceId, status: row.status, mode: row.mode })
  },
})

export const attendanceOperations = [listed, registered, marked]
