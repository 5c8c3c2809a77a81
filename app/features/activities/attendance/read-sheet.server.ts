import { data } from 'react-router'
import type { AppContext } from '#app/platform/context.ts'
import {
  checkPage,
  listErrorAnswer,
  type ListParamsError,
  type ListState,
  parseListParams,
} from '#app/platform/list-params.ts'
import { attendanceSheet, type Sheet, type SheetRow, sheetRows } from './sheet.server.ts'
import { sheetStates } from './ticks.ts'

const rules = {
  sortable: ['nom'],
  defaultSort: { key: 'nom', direction: 'asc' },
  filters: { etat: Object.keys(sheetStates) },
  pageSize: 500,
} as const

/** The list that an address asks for; a wrong address ends the request with its sentence. */
export async function readSheet(
  ctx: AppContext,
  activityId: string,
  params: URLSearchParams,
  { whole = false } = {},
): Promise<{ sheet: Sheet; rows: SheetRow[]; state: ListState } | null> {
  const state = parseListParams(params, rules)
  if (!state.ok) throw listError(state.error)
  const sheet = await attendanceSheet(ctx, activityId, state.value)
  if (!sheet) return null
  const page = checkPage(state.value, sheet.total)
  if (!page.ok) throw listError(page.error)
  const range = whole ? { offset: 0, limit: 100_000 } : page.value
  return { sheet, state: state.value, rows: await sheetRows(ctx, activityId, state.value, range) }
}

const listError = (error: ListParamsError) => {
  const { status, message } = listErrorAnswer(error)
  return data(message, { status })
}
