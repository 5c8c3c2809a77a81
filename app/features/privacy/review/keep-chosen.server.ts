import { z } from 'zod'
import type { AppContext } from '#app/platform/context.ts'
import { fields } from '#app/platform/forms.server.ts'
import { ok, type Result } from '#app/platform/result.ts'
import { parseDay } from '#app/ui/french.ts'
import { type KeepError, keepPerson } from './keep-person.server.ts'

export const keepForm = z.object({
  personne: fields
    .list(z.uuid('Ce choix n’existe pas.'), 500)
    .pipe(z.array(z.string()).min(1, 'Choisissez au moins une personne.')),
  reason: fields.line(300, 'Écrivez pourquoi.'),
  until: fields
    .line(20, 'Choisissez jusqu’à quand.')
    .transform((text) => parseDay(text) ?? '')
    .pipe(z.string().min(1, 'Cette date n’existe pas.')),
})

/** The same reason and the same day for several people; all of them or none. */
export async function keepChosen(
  ctx: AppContext,
  { personne, ...input }: z.output<typeof keepForm>,
): Promise<Result<number, KeepError>> {
  return ctx.db.transaction(async (tx) => {
    for (const id of personne) {
      const kept = await keepPerson({ ...ctx, db: tx }, id, input)
      // each is checked before it is written, the first refusal comes before any row
      if (!kept.ok) return kept
    }
    return ok(personne.length)
  })
}
