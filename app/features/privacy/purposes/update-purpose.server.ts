import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { changedFields, recordChange } from '#app/platform/changes.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import { fields } from '#app/platform/forms.server.ts'
import { type CountableAction, countableActions } from '#app/platform/purposes.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { purposes } from '#app/platform/schema.server.ts'

const text = (max = 2000) =>
  z
    .string({ error: 'Ce champ est obligatoire.' })
    .transform((value) => value.trim())
    .pipe(
      z.string().min(1, 'Ce champ est obligatoire.').max(max, `Ce texte est trop long (${max} caractères au plus).`),
    )

export const purposeForm = z.object({
  title: fields.line(120),
  why: text(),
  what: text(),
  basis: text(),
  people: text(),
  recipients: text(),
  measures: text(),
  transfers: text(),
  howLong: fields.optionalText(2000).transform((value) => value ?? ''),
  notice: fields.optionalText(400).transform((value) => value ?? ''),
  duration: fields.optionalInteger(1, 1200),
  durationUnit: z.enum(['day', 'month'], 'Choisissez des jours ou des mois.').optional(),
  counts: fields.list(z.enum(Object.keys(countableActions) as [CountableAction, ...CountableAction[]])),
})
export type PurposeInput = z.output<typeof purposeForm>

export type UpdatePurposeError =
  | { type: 'not-allowed' }
  | { type: 'not-found' }
  | { type: 'duration-needed' }
  | { type: 'nothing-counts' }
  | { type: 'no-text' }

/** The texts of a purpose, and its duration where one runs: notices, register and clean-ups follow at once. */
export async function updatePurpose(
  ctx: AppContext,
  id: string,
  { duration, durationUnit, counts, ...texts }: PurposeInput,
): Promise<Result<null, UpdatePurposeError>> {
  if (!can(ctx.actor, 'privacy:write')) return err({ type: 'not-allowed' })
  return ctx.db.transaction(async (tx) => {
    const [before] = await tx.select().from(purposes).where(eq(purposes.id, id)).for('update')
    if (!before) return err({ type: 'not-found' })
    const runs = before.starts !== 'none'
    if (runs && (duration === null || !durationUnit)) return err({ type: 'duration-needed' })
    if (before.starts === 'last-action' && counts.length === 0) return err({ type: 'nothing-counts' })
    if (!runs && !texts.howLong) return err({ type: 'no-text' })
    const rule = runs ? { duration, durationUnit: durationUnit ?? null } : {}
    const after = { ...texts, ...rule, ...(before.starts === 'last-action' ? { counts } : {}) }
    const changes = changedFields(before, after)
    if (Object.keys(changes).length === 0) return ok(null)
    await tx
      .update(purposes)
      .set({ ...after, updatedAt: ctx.now() })
      .where(eq(purposes.id, id))
    await recordChange(tx, ctx, { action: 'privacy.purpose-updated', entity: 'purpose', entityId: id, fields: changes })
    return ok(null)
  })
}
