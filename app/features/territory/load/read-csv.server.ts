import { parse } from 'csv-parse/sync'
import type { z } from 'zod'
import { err, ok, type Result } from '#app/platform/result.ts'

export interface CsvError {
  /** Line of the file, the head being the first; null when the file as a whole cannot be read. */
  line: number | null
  /** Column at fault, when there is one. */
  column: string | null
  problem: string
}

/**
 * Reads a CSV file whose first line names its columns, whatever produced it: with or without a byte order mark, any line ends,
 * commas or semicolons. All or nothing: the first row that does not fit is the answer.
 */
export function readCsv<Schema extends z.ZodObject>(text: string, row: Schema): Result<z.output<Schema>[], CsvError> {
  const records = parseRecords(text)
  if (!records.ok) return records
  const missing = Object.keys(row.shape).find((column) => !records.value.columns.includes(column))
  if (missing !== undefined) return err({ line: 1, column: missing, problem: 'missing column' })
  const rows: z.output<Schema>[] = []
  for (const { line, record } of records.value.rows) {
    const parsed = row.safeParse(record)
    if (!parsed.success) {
      const [issue] = parsed.error.issues
      return err({ line, column: issue?.path.join('.') || null, problem: issue?.message ?? 'unreadable' })
    }
    rows.push(parsed.data)
  }
  return ok(rows)
}

interface Records {
  columns: string[]
  rows: { line: number; record: Record<string, string> }[]
}

function parseRecords(text: string): Result<Records, CsvError> {
  let columns: string[] = []
  const keepHead = (head: string[]) => (columns = head.map((name) => name.trim()))
  try {
    const rows = parse(text.replace(/\r\n?/g, '\n'), {
      bom: true,
      columns: keepHead,
      delimiter: separatorOf(text),
      info: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as { info: { lines: number }; record: Record<string, string> }[]
    return ok({ columns, rows: rows.map(({ info, record }) => ({ line: info.lines, record })) })
  } catch (error) {
    const { lines, column, message } = error as { lines?: number; column?: unknown; message: string }
    return err({ line: lines ?? null, column: typeof column === 'string' ? column : null, problem: message })
  }
}

/** The head never holds a quoted separator in the files we know: the more frequent of the two is the one. */
function separatorOf(text: string): ',' | ';' {
  const [head = ''] = text.split(/[\r\n]/, 1)
  return head.split(';').length > head.split(',').length ? ';' : ','
}
