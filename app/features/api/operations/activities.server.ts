import { z } from 'zod'
import {
  activityInput,
  activityRoles,
  activityStatuses,
  cancelActivity,
  createActivity,
  type EditError,
  formOfActivity,
  listActivities,
  modes,
  newActivityInput,
  publishActivity,
  readActivity,
  scales,
  updateActivity,
  visibilities,
} from '#app/features/activities/index.server.ts'
import { errorsOf } from '#app/platform/forms.server.ts'
import { ok } from '#app/platform/result.ts'
import { isoDay, isoTime } from '#app/ui/french.ts'
import { named, operation } from '../operation.ts'
import { conflict, missing, notAllowed, unreadable, wrongField } from '../problems.ts'
import * as shape from '../shapes.ts'
import { activity, activityLine, opened } from './activity-shape.server.ts'

const listed = operation({
  id: 'listActivities',
  method: 'get',
  path: '/activities',
  tag: 'Activités',
  summary: 'Les activités, les plus récentes d’abord',
  scope: 'activities:read',
  params: shape.noParams,
  query: z.strictObject({
    ...shape.pageQuery,
    year: z.coerce.number().int().min(1990).max(2100).optional(),
    status: z.enum(activityStatuses).optional(),
  }),
  body: null,
  answer: { status: 200, ...named('ActivityList', shape.listOf(activityLine)) },
  run: async (ctx, { query }) => {
    const filters = {
      ...(query.year ? { annee: [String(query.year)] } : {}),
      ...(query.status ? { etat: [query.status] } : {}),
    }
    const found = await listActivities(ctx, shape.stateOf(query, { key: 'date', direction: 'desc' }, filters))
    if (!found) return notAllowed()
    if (!found.ok) return missing('Cette page n’existe pas.')
    const items = found.value.rows.map(({ lead: _, startsAt, endsAt, ...row }) => ({
      ...row,
      startsAt: startsAt?.toISOString() ?? null,
      endsAt: endsAt?.toISOString() ?? null,
    }))
    return ok(shape.pageOf(`${ctx.baseUrl}/api/v1/activities`, query, found.value.total, items))
  },
})

const read = operation({
  id: 'readActivity',
  method: 'get',
  path: '/activities/{id}',
  tag: 'Activités',
  summary: 'Une activité',
  scope: 'activities:read',
  params: shape.oneParam,
  query: shape.noQuery,
  body: null,
  answer: { status: 200, ...named('Activity', activity) },
  run: (ctx, { params }) => opened(ctx, params.id),
})

const span = z.strictObject({ startsAt: shape.instant, endsAt: shape.instant })

const created = operation({
  id: 'createActivity',
  method: 'post',
  path: '/activities',
  tag: 'Activités',
  summary: 'Une activité nouvelle, en brouillon',
  scope: 'activities:write',
  params: shape.noParams,
  query: shape.noQuery,
  body: named(
    'NewActivity',
    z.strictObject({
      title: shape.line(),
      kindId: shape.code.describe('Un terme du vocabulaire « activite ».'),
      mode: z.enum(modes),
      role: z.enum(activityRoles),
      scale: z.enum(scales),
      mainThemeId: shape.code.optional(),
      place: shape.line().optional(),
      departementId: shape.code.optional(),
      remoteLink: shape.line(1000).optional(),
      session: span,
    }),
  ),
  answer: { status: 201, ...named('Made', shape.madeShape) },
  run: async (ctx, { body: { session: times, ...said } }) => {
    const form = newActivityInput.safeParse({ ...said, ...formTimes(times) })
    if (!form.success) return unreadable(errorsOf(form.error))
    const made = await createActivity(ctx, form.data)
    if (made.ok) return made
    switch (made.error.type) {
      case 'not-allowed':
        return notAllowed()
      case 'unknown-choice':
        return wrongField(made.error.field, 'Ce choix n’existe pas.')
      case 'session':
        return wrongField('session', 'La séance doit finir après son début, et durer soixante jours au plus.')
      default:
        return made.error satisfies never
    }
  },
})

/** Two instants in the words of the form: a day and two hours of Paris. */
function formTimes({ startsAt, endsAt }: z.output<typeof span>) {
  const [from, to] = [new Date(startsAt), new Date(endsAt)]
  const [day, endDay] = [isoDay(from), isoDay(to)]
  return { day, start: isoTime(from), end: isoTime(to), endDay: endDay === day ? '' : endDay }
}

const changes = z.strictObject({
  title: shape.line().optional(),
  summary: shape.line(500).optional(),
  description: shape.line(10_000).optional(),
  visibility: z.enum(visibilities).optional(),
  place: shape.line().optional(),
  address: shape.line(300).optional(),
  mainThemeId: shape.code.optional(),
  capacityOnsite: z.number().int().min(1).max(100_000).nullable().optional(),
  capacityRemote: z.number().int().min(1).max(100_000).nullable().optional(),
  registrationOpen: z.boolean().optional(),
  sessions: z
    .array(
      z.strictObject({
        id: shape.id.optional(),
        title: shape.line().optional(),
        place: shape.line().optional(),
        ...span.shape,
      }),
    )
    .max(60)
    .optional()
    .describe('Toutes les séances : celles qui n’y sont pas disparaissent.'),
  version: shape.instant
    .optional()
    .describe('`updatedAt` de l’activité lue : un changement fait entre-temps est alors refusé.'),
})

const formText = (value: unknown): unknown =>
  value === null
    ? ''
    : typeof value === 'number'
      ? String(value)
      : typeof value === 'boolean'
        ? value
          ? 'oui'
          : ''
        : value

const updated = operation({
  id: 'updateActivity',
  method: 'patch',
  path: '/activities/{id}',
  tag: 'Activités',
  summary: 'Changer une activité : ce qui n’est pas dit reste',
  scope: 'activities:write',
  params: shape.oneParam,
  query: shape.noQuery,
  body: named('ActivityChanges', changes),
  answer: { status: 200, ...named('Activity', activity) },
  run: async (ctx, { params, body: { version, sessions, ...said } }) => {
    const record = await readActivity(ctx, params.id)
    if (!record) return missing('Aucune activité ne porte ce numéro.')
    const changed = Object.fromEntries(Object.entries(said).map(([name, value]) => [name, formText(value)]))
    const times = sessions?.map(({ startsAt, endsAt, ...one }) => ({ ...one, ...formTimes({ startsAt, endsAt }) }))
    const form = activityInput.safeParse({
      ...formOfActivity(record),
      ...changed,
      ...(times ? { sessions: times } : {}),
    })
    if (!form.success) return unreadable(errorsOf(form.error))
    const target = { activityId: params.id, version: version ? new Date(version) : record.updatedAt }
    const done = await updateActivity(ctx, target, form.data)
    if (done.ok) return opened(ctx, params.id)
    switch (done.error.type) {
      case 'unknown-choice':
        return wrongField(done.error.field, 'Ce choix n’existe pas.')
      case 'sessions':
        return wrongField('sessions', 'Des séances se chevauchent, ou finissent avant leur début.')
      case 'published-without-session':
        return wrongField('sessions', 'Une activité publiée garde au moins une séance.')
      case 'unknown-partner':
      case 'partner-twice':
        return wrongField('partners', 'Un partenaire est inconnu ou cité deux fois.')
      default:
        return editProblem(done.error)
    }
  },
})

function editProblem(error: EditError) {
  switch (error.type) {
    case 'not-allowed':
      return notAllowed()
    case 'not-found':
      return missing('Aucune activité ne porte ce numéro.')
    case 'changed-since':
      return conflict('L’activité a changé depuis la version donnée : relisez-la.')
    default:
      return error satisfies never
  }
}

const published = operation({
  id: 'publishActivity',
  method: 'post',
  path: '/activities/{id}/publication',
  tag: 'Activités',
  summary: 'Publier un brouillon',
  scope: 'activities:write',
  params: shape.oneParam,
  query: shape.noQuery,
  body: null,
  answer: { status: 200, ...named('Activity', activity) },
  run: async (ctx, { params }) => {
    const done = await publishActivity(ctx, { activityId: params.id, version: null })
    if (done.ok) return opened(ctx, params.id)
    switch (done.error.type) {
      case 'not-a-draft':
        return conflict('Cette activité n’est plus un brouillon.')
      case 'no-session':
        return conflict('Une activité se publie avec une séance au moins.')
      default:
        return editProblem(done.error)
    }
  },
})

const cancelled = operation({
  id: 'cancelActivity',
  method: 'post',
  path: '/activities/{id}/cancellation',
  tag: 'Activités',
  summary: 'Annuler une activité publiée ; les inscrits sont prévenus',
  scope: 'activities:write',
  params: shape.oneParam,
  query: shape.noQuery,
  body: named('Cancellation', z.strictObject({ reason: shape.line(500).min(1) })),
  answer: { status: 200, ...named('Activity', activity) },
  run: async (ctx, { params, body }) => {
    const done = await cancelActivity(ctx, { activityId: params.id, version: null }, body.reason)
    if (done.ok) return opened(ctx, params.id)
    switch (done.error.type) {
      case 'not-published':
        return conflict('Seule une activité publiée s’annule.')
      case 'no-reason':
        return wrongField('reason', 'Dites pourquoi.')
      default:
        return editProblem(done.error)
    }
  },
})

export const activityOperations = [listed, read, created, updated, published, cancelled]
