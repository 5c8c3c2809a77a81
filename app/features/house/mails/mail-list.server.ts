import type { AppContext } from '#app/platform/context.ts'
import { checkPage, parseListParams } from '#app/platform/list-params.ts'
import { ok } from '#app/platform/result.ts'
import { mailStatuses } from '#app/platform/schema.server.ts'
import { purposeLabels } from '../labels.ts'
import { countMails, listMails } from './queries.server.ts'

const rules = {
  sortable: ['date'],
  defaultSort: { key: 'date', direction: 'desc' },
  filters: { etat: mailStatuses, objet: Object.keys(purposeLabels) },
  pageSize: 50,
} as const

const MAX_EXPORT = 50_000

/** The mails as the address asks for them; `whole` for the export. */
export async function listAsked(ctx: AppContext, params: URLSearchParams, { whole = false } = {}) {
  const read = parseListParams(params, rules)
  if (!read.ok) return read
  const { q, filters, sort } = read.value
  const asked = { q, statuses: filters.etat ?? [], purposes: filters.objet ?? [] }
  const total = await countMails(ctx, asked)
  const page = checkPage(read.value, total)
  if (!page.ok) return page
  const range = whole ? { limit: MAX_EXPORT } : page.value
  return ok({ state: read.value, total, rows: await listMails(ctx, asked, { ...range, direction: sort.direction }) })
}
