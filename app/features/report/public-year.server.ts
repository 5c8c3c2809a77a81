import {
  publicView,
  readYear,
  recordedYears,
  yearOf,
  yearPeriod,
  type YearView,
} from '#app/features/activities/index.server.ts'
import type { Database } from '#app/platform/database.server.ts'

export interface PublicYear {
  year: number
  presences: number
  people: number
  activities: number
}

/** The last complete year that holds a presence, in three numbers: what the home page shows. null in a new house. */
export async function publicYear(db: Database, now: Date): Promise<PublicYear | null> {
  for (const year of await completeYears(db, now)) {
    const { total } = await readYear(db, { period: yearPeriod(year), filters: { perimetre: ['participation'] }, now })
    if (total.presences > 0)
      return { year, presences: total.presences, people: total.people, activities: total.activities }
  }
  return null
}

const completeYears = async (db: Database, now: Date): Promise<number[]> =>
  (await recordedYears(db)).filter((year) => year < yearOf(now))

/** The page of a complete year, for everybody; null when nothing was recorded. */
export async function publicChapter(
  db: Database,
  now: Date,
  year: number,
): Promise<{ view: YearView; years: number[] } | null> {
  const years = await completeYears(db, now)
  return years.includes(year) ? { view: await publicView(db, now, year), years } : null
}
