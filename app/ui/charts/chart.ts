/** One row of a chart; the same rows make the drawing and its table. */
export interface ChartRow {
  label: string
  /** Under a narrow column: « N » or « nov. »; the label when absent. */
  short?: string
  value: number
  /** Opens the rows behind the number. */
  href?: string
  /** The same measure a period earlier. */
  previous?: number | null
  /** estimate: not counted one by one · unknown: people who could not be named. Hatched, never hidden. */
  kind?: 'count' | 'estimate' | 'unknown'
}

export const kindNote = (kind: ChartRow['kind']): string =>
  kind === 'estimate' ? ' (estimation)' : kind === 'unknown' ? ' (non identifiées)' : ''

export const hasPrevious = (rows: readonly ChartRow[]): boolean => rows.some(({ previous }) => previous != null)
