import { z } from 'zod'
import {
  activityRoles,
  activityStatuses,
  type ActivityRecord,
  modes,
  readActivity,
  scales,
  visibilities,
} from '#app/features/activities/index.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import { ok } from '#app/platform/result.ts'
import type { Outcome } from '../operation.ts'
import { missing } from '../problems.ts'
import * as shape from '../shapes.ts'

const session = z.object({
  id: shape.id,
  title: z.string().nullable(),
  startsAt: shape.instant,
  endsAt: shape.instant,
  place: z.string().nullable(),
})

export const activity = z.object({
  id: shape.id,
  title: z.string(),
  kind: shape.reference,
  status: z.enum(activityStatuses),
  visibility: z.enum(visibilities),
  mode: z.enum(modes),
  role: z.enum(activityRoles),
  scale: z.enum(scales),
  summary: z.string().nullable(),
  description: z.string().nullable(),
  place: z.string().nullable(),
  address: z.string().nullable(),
  departementId: z.string().nullable(),
  mainThemeId: z.string().nullable(),
  themes: z.array(shape.reference),
  territories: z.array(shape.reference),
  series: shape.reference.nullable(),
  sessions: z.array(session),
  partners: z.array(z.object({ organisationId: shape.id, name: z.string(), part: z.string().nullable() })),
  startsAt: shape.instant.nullable(),
  endsAt: shape.instant.nullable(),
  halfDays: z.number().int(),
  unidentified: z.object({ count: z.number().int(), basis: z.enum(['counted', 'estimated']) }),
  registrationOpen: z.boolean(),
  capacityOnsite: z.number().int().nullable(),
  capacityRemote: z.number().int().nullable(),
  publicUrl: z.string().nullable().describe('Page de l’agenda, quand il y en a une.'),
  updatedAt: shape.instant.describe('À redonner dans `version` pour modifier.'),
})

export const activityLine = z.object({
  id: shape.id,
  title: z.string(),
  kind: z.string(),
  status: z.enum(activityStatuses),
  mode: z.enum(modes),
  role: z.enum(activityRoles),
  scale: z.enum(scales),
  theme: z.string().nullable(),
  departement: z.string().nullable(),
  place: z.string().nullable(),
  startsAt: shape.instant.nullable(),
  endsAt: shape.instant.nullable(),
  halfDays: z.number().int(),
  registered: z.number().int(),
  present: z.number().int(),
  unidentified: z.number().int(),
})

const onAgenda = ({ status, visibility }: ActivityRecord) => status !== 'draft' && visibility !== 'internal'

const shown = (ctx: AppContext, one: ActivityRecord): z.input<typeof activity> => ({
  id: one.id,
  title: one.title,
  kind: { id: one.kindId, label: one.kind },
  status: one.status,
  visibility: one.visibility,
  mode: one.mode,
  role: one.role,
  scale: one.scale,
  summary: one.summary,
  description: one.description,
  place: one.place,
  address: one.address,
  departementId: one.departementId,
  mainThemeId: one.mainThemeId,
  themes: one.themes,
  territories: one.territories,
  series: one.series,
  sessions: one.sessions.map(({ id, title, startsAt, endsAt, place }) => ({
    id,
    title,
    place,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
  })),
  partners: one.partners,
  startsAt: one.startsAt?.toISOString() ?? null,
  endsAt: one.endsAt?.toISOString() ?? null,
  halfDays: one.halfDays,
  unidentified: { count: one.unidentifiedCount, basis: one.unidentifiedBasis },
  registrationOpen: one.registrationOpen,
  capacityOnsite: one.capacityOnsite,
  capacityRemote: one.capacityRemote,
  publicUrl: onAgenda(one) ? `${ctx.baseUrl}/agenda/${one.slug}` : null,
  updatedAt: one.updatedAt.toISOString(),
})

/** One activity as programs read it. */
export const opened = async (ctx: AppContext, id: string): Promise<Outcome<z.input<typeof activity>>> => {
  const found = await readActivity(ctx, id)
  return found ? ok(shown(ctx, found)) : missing('Aucune activité ne porte ce numéro.')
}
