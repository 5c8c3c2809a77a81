import { err, ok, type Result } from './result.ts'

/** What a list shows: read from the address, so that a list can be shared, printed and exported as it is seen. */
export interface ListState {
  page: number
  pageSize: number
  sort: { key: string; direction: 'asc' | 'desc' }
  q: string
  /** Values kept for each declared filter; an absent filter is an empty list. */
  filters: Record<string, readonly string[]>
}

export interface ListRules {
  /** Keys accepted in `tri`. */
  sortable: readonly string[]
  defaultSort: { key: string; direction: 'asc' | 'desc' }
  /** Filters and what each accepts: a closed list of codes, or any text of 100 characters at most. */
  filters?: Record<string, readonly string[] | 'text'>
  pageSize?: number
}

export type ListParamsError =
  | { type: 'bad-page'; param: 'page'; value: string }
  | { type: 'unknown-sort'; param: 'tri' | 'ordre'; value: string }
  | { type: 'unknown-filter'; param: string; value: string }
  | { type: 'too-long'; param: string }
  | { type: 'page-out-of-range'; param: 'page'; page: number; last: number }

const MAX_PAGE = 100_000
const MAX_QUERY = 200
const MAX_VALUE = 100
const MAX_VALUES = 100

/** Reads page, tri, ordre, q and the filters; refuses what was not declared rather than ignoring it. */
export function parseListParams(params: URLSearchParams, rules: ListRules): Result<ListState, ListParamsError> {
  const page = readPage(params.get('page'))
  if (!page.ok) return page
  const sort = readSort(params, rules)
  if (!sort.ok) return sort
  const q = (params.get('q') ?? '').trim()
  if (q.length > MAX_QUERY) return err({ type: 'too-long', param: 'q' })
  const filters = readFilters(params, rules.filters ?? {})
  if (!filters.ok) return filters
  return ok({ page: page.value, pageSize: rules.pageSize ?? 50, sort: sort.value, q, filters: filters.value })
}

function readPage(text: string | null): Result<number, ListParamsError> {
  if (text === null || text === '') return ok(1)
  const page = /^\d{1,6}$/.test(text) ? Number(text) : 0
  return page >= 1 && page <= MAX_PAGE ? ok(page) : err({ type: 'bad-page', param: 'page', value: text.slice(0, 20) })
}

function readSort(
  params: URLSearchParams,
  { sortable, defaultSort }: ListRules,
): Result<ListState['sort'], ListParamsError> {
  const [key, order] = [params.get('tri') || defaultSort.key, params.get('ordre')]
  if (key !== defaultSort.key && !sortable.includes(key)) {
    return err({ type: 'unknown-sort', param: 'tri', value: key.slice(0, 50) })
  }
  if (order !== null && order !== '' && order !== 'asc' && order !== 'desc') {
    return err({ type: 'unknown-sort', param: 'ordre', value: order.slice(0, 50) })
  }
  const usual = key === defaultSort.key ? defaultSort.direction : 'asc'
  return ok({ key, direction: order === 'asc' || order === 'desc' ? order : usual })
}

function readFilters(
  params: URLSearchParams,
  rules: NonNullable<ListRules['filters']>,
): Result<ListState['filters'], ListParamsError> {
  const filters: Record<string, readonly string[]> = {}
  for (const [name, accepted] of Object.entries(rules)) {
    const values = [...new Set(params.getAll(name).map((value) => value.trim()))].filter(Boolean)
    if (values.length > MAX_VALUES || values.some((value) => value.length > MAX_VALUE))
      return err({ type: 'too-long', param: name })
    const stranger = accepted === 'text' ? undefined : values.find((value) => !accepted.includes(value))
    if (stranger !== undefined) return err({ type: 'unknown-filter', param: name, value: stranger })
    filters[name] = values
  }
  return ok(filters)
}

/** After the count: a page beyond the last one does not exist (an empty list has one page). */
export function checkPage(
  state: Pick<ListState, 'page' | 'pageSize'>,
  total: number,
): Result<{ offset: number; limit: number }, ListParamsError> {
  const last = Math.max(1, Math.ceil(total / state.pageSize))
  if (state.page > last) return err({ type: 'page-out-of-range', param: 'page', page: state.page, last })
  return ok({ offset: (state.page - 1) * state.pageSize, limit: state.pageSize })
}

/** The status and the French sentence of a refused address. */
export function listErrorAnswer(error: ListParamsError): { status: 400 | 404; message: string } {
  switch (error.type) {
    case 'bad-page':
      return { status: 404, message: `Il n’y a pas de page « ${error.value} » dans cette liste.` }
    case 'page-out-of-range':
      return { status: 404, message: `La page ${error.page} n’existe pas\u202f: cette liste en compte ${error.last}.` }
    case 'unknown-sort':
      return { status: 400, message: `Cette liste ne se trie pas par « ${error.value} ».` }
    case 'unknown-filter':
      return { status: 400, message: `Le filtre « ${error.param} » ne connaît pas « ${error.value} ».` }
    case 'too-long':
      return { status: 400, message: `Le filtre « ${error.param} » est trop long.` }
    default:
      return error satisfies never
  }
}

/** The address of the same list with something changed; what is usual is left out. A new sort or filter goes back to page 1. */
export function listQuery(
  state: ListState,
  change: Partial<Pick<ListState, 'page' | 'sort' | 'q' | 'filters'>> = {},
  usual?: ListState['sort'],
): string {
  const next = { ...state, page: 1, ...change }
  const params = new URLSearchParams()
  if (next.q) params.set('q', next.q)
  for (const [name, values] of Object.entries(next.filters)) for (const value of values) params.append(name, value)
  if (next.sort.key !== usual?.key || next.sort.direction !== usual.direction) {
    params.set('tri', next.sort.key)
    params.set('ordre', next.sort.direction)
  }
  if (next.page > 1) params.set('page', String(next.page))
  return params.size > 0 ? `?${params}` : '?'
}
