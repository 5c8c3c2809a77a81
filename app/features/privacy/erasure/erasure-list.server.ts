import { rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { peopleMarked } from '#app/features/directory/index.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import type { PersonalData } from '#app/platform/personal-data.server.ts'
import { erasures } from '../schema.server.ts'
import { erasePeople } from './erase-people.server.ts'

/** Beside the data, outside the database: what a backup restored later does not know. */
export const erasureListFile = (filesDir: string) => path.join(path.dirname(filesDir), 'effacements.jsonl')

const lineSchema = z.object({
  id: z.uuid(),
  at: z.iso.datetime({ offset: true }),
  rule: z.enum(['retention', 'request', 'office', 'restored']),
  marks: z.array(z.string().regex(/^[0-9a-f]{64}$/)).max(1000),
})
export type ErasureMark = z.output<typeof lineSchema>

/** Writes the whole list anew, in one go; no name, no id that still stands anywhere. */
export async function writeErasureList(ctx: AppContext): Promise<void> {
  const { rows } = await ctx.db.execute<Record<keyof ErasureMark, unknown> & { at: string }>(
    sql`select id, at, rule, marks from privacy.erasure order by at, id`,
  )
  if (rows.length === 0) return
  const text = rows.map((row) => `${JSON.stringify({ ...row, at: new Date(row.at).toISOString() })}\n`).join('')
  const file = erasureListFile(ctx.filesDir)
  await writeFile(`${file}.partiel`, text, { mode: 0o600 })
  await rename(`${file}.partiel`, file)
}

/** null: not such a list. */
export function parseErasureList(text: string): ErasureMark[] | null {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  try {
    return lines.map((line) => lineSchema.parse(JSON.parse(line)))
  } catch {
    return null
  }
}

const BATCH = 200

/** In a restored backup, those who had been erased since are erased again, and the list of erasures is whole again. */
export async function eraseAgain(
  ctx: AppContext,
  sources: readonly PersonalData[],
  list: readonly ErasureMark[],
): Promise<{ known: number; erased: number }> {
  const found = await peopleMarked(
    ctx.db,
    list.flatMap(({ marks }) => marks),
  )
  let erased = 0
  for (let start = 0; start < found.length; start += BATCH) {
    const personIds = found.slice(start, start + BATCH)
    erased += (await erasePeople(ctx, sources, { personIds, rule: 'restored' })).erased
  }
  for (let start = 0; start < list.length; start += BATCH) {
    const rows = list.slice(start, start + BATCH)
    await ctx.db
      .insert(erasures)
      .values(rows.map(({ at, ...row }) => ({ ...row, at: new Date(at), actorLabel: ctx.actor.label })))
      .onConflictDoNothing()
  }
  return { known: list.length, erased }
}
