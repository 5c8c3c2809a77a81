import { publicYear, type PublicYear } from '../features/report/index.server.ts'
import type { AppContext } from '../platform/context.ts'
import type { Database } from '../platform/database.server.ts'

const KEPT_MS = 600_000
const known = new WeakMap<Database, { until: number; year: Promise<PublicYear | null> }>()

/** A year that is over hardly moves, and is long to count: the home page counts it once every ten minutes. */
export function homeYear({ db, now }: AppContext): Promise<PublicYear | null> {
  const kept = known.get(db)
  if (kept && kept.until > now().getTime()) return kept.year
  const year = publicYear(db, now())
  known.set(db, { until: now().getTime() + KEPT_MS, year })
  year.catch(() => known.delete(db))
  return year
}
