import { asc, eq, sql } from 'drizzle-orm'
import type { Database } from './database.server.ts'
import type { DurationStart, DurationUnit } from './purposes.ts'
import { purposes } from './schema.server.ts'
import { readCentre } from './settings.server.ts'

export type Purpose = typeof purposes.$inferSelect

export const readPurposes = (db: Database): Promise<Purpose[]> =>
  db.select().from(purposes).orderBy(asc(purposes.position), asc(purposes.id))

export async function readPurpose(db: Database, id: string): Promise<Purpose | null> {
  const [found] = await db.select().from(purposes).where(eq(purposes.id, id))
  return found ?? null
}

/** Forms that say what their answers serve. */
export const noticedForms = ['registration', 'own', 'account'] as const
export type NoticedForm = (typeof noticedForms)[number]

export interface FormNotice {
  sentences: string[]
  controller: string
}

/** What stands under a form: a sentence for each purpose it serves, and who answers for it. */
export async function formNotice(db: Database, form: NoticedForm): Promise<FormNotice> {
  const [rows, centre] = await Promise.all([
    db
      .select({ notice: purposes.notice })
      .from(purposes)
      .where(sql`${form} = any(${purposes.forms}) and ${purposes.notice} <> ''`)
      .orderBy(asc(purposes.position)),
    readCentre(db),
  ])
  // the first line names who answers; the rest is their address, which the public page has
  const controller = (centre.dataController || centre.name).split('\n')[0]!
  return { sentences: rows.map(({ notice }) => notice), controller }
}

/** Before when something of this purpose is too old; null where the purpose has no such duration. */
export function limitOf(
  purpose: { duration: number | null; durationUnit: DurationUnit | null; starts: DurationStart } | null,
  now: Date,
): Date | null {
  if (!purpose || purpose.duration === null || purpose.starts === 'none') return null
  const limit = new Date(now)
  if (purpose.durationUnit === 'day') limit.setUTCDate(limit.getUTCDate() - purpose.duration)
  else monthsBack(limit, purpose.duration)
  return limit
}

/** A month earlier than 31 March is the last day of February. */
function monthsBack(limit: Date, months: number) {
  const day = limit.getUTCDate()
  limit.setUTCDate(1)
  limit.setUTCMonth(limit.getUTCMonth() - months)
  const last = new Date(Date.UTC(limit.getUTCFullYear(), limit.getUTCMonth() + 1, 0)).getUTCDate()
  limit.setUTCDate(Math.min(day, last))
}
