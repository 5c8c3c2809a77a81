import type { AppContext } from '#app/platform/context.ts'
import { checkPage, type ListState, parseListParams } from '#app/platform/list-params.ts'
import { err, ok } from '#app/platform/result.ts'
import { parseDay } from '#app/ui/french.ts'
import { entityLabels } from '../labels.ts'
import { countTrail, readTrail, type TrailFilters } from './queries.server.ts'

const rules = {
  sortable: [],
  defaultSort: { key: 'date', direction: 'desc' },
  filters: { fiche: Object.keys(entityLabels), du: 'text', au: 'text' },
  pageSize: 50,
} as const

const MAX_EXPORT = 50_000

/** The trail as its address asks for it; `whole` for the export. */
export async function listTrail(ctx: AppContext, params: URLSearchParams, { whole = false } = {}) {
  const read = parseListParams(params, rules)
  if (!read.ok) return read
  const filters = filtersOf(read.value)
  if (!filters.ok) return filters
  const total = await countTrail(ctx, filters.value)
  const page = checkPage(read.value, total)
  if (!page.ok) return page
  const rows = await readTrail(ctx, filters.value, whole ? { limit: MAX_EXPORT } : page.value)
  return ok({ state: read.value, total, rows })
}

function filtersOf({ q, filters }: ListState) {
  const days: (string | null)[] = []
  for (const param of ['du', 'au']) {
    const text = filters[param]?.[0]
    const day = text ? parseDay(text) : null
    if (text && !day) return err({ type: 'unknown-filter' as const, param, value: text })
    days.push(day)
  }
  const [from = null, to = null] = days
  return ok<TrailFilters>({ who: q, entities: filters.fiche ?? [], from, to })
}
