import type { ReactNode } from 'react'
import { type DateLike, formatDate, formatDateTime, formatNumber, formatPercent } from './french.ts'

export type CellValue = string | number | boolean | Date | null | undefined

/** One declaration for the screen, the print and the export (app/platform/export.server.ts reads the same). */
export interface Column<Row> {
  /** Name in `?tri=`. */
  key: string
  label: string
  /** The datum: what is exported, and what is shown when `render` is absent. */
  value: (row: Row) => CellValue
  render?: (row: Row) => ReactNode
  /** number, percent, day and datetime are written the French way and exported as real numbers and dates. */
  kind?: 'text' | 'number' | 'percent' | 'day' | 'datetime'
  align?: 'start' | 'end'
  sortable?: boolean
  /** false: exported only. */
  shown?: boolean
  /** false: on screen only. */
  exported?: boolean
  /** main: names the row (one per table) · wide: hidden on phones */
  weight?: 'main' | 'wide'
  /** Under the column, in the foot. */
  total?: CellValue | ReactNode
}

/** The text of a cell on screen. */
export function cellText(value: CellValue, kind: Column<unknown>['kind'] = 'text'): string {
  if (value === null || value === undefined || value === '') return ''
  if (typeof value === 'boolean') return value ? 'Oui' : 'Non'
  if (typeof value === 'number') return kind === 'percent' ? formatPercent(value, 1) : formatNumber(value)
  if (kind === 'day') return formatDate(value as DateLike, 'numeric')
  if (kind === 'datetime' || value instanceof Date) return formatDateTime(value as DateLike, 'numeric')
  return value
}

export const alignOf = ({ align, kind }: Pick<Column<unknown>, 'align' | 'kind'>): 'start' | 'end' =>
  align ?? (kind === 'number' || kind === 'percent' ? 'end' : 'start')
