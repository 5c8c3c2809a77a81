import { readSheet } from '#app/platform/sheets/read-sheet.server.ts'
import { type ReadOptions, type SheetFile, type SheetProblem, SheetRefusal } from '#app/platform/sheets/sheet.ts'
import { err, type Result } from '#app/platform/result.ts'
import type { ConnectionList, ReadingProblem } from './list.ts'
import { readConnectionList } from './read-list.ts'

/** Longer than any list of a meeting: 5,000 people who come back a few times. */
const MAX_ROWS = 40_000
const MAX_COLUMNS = 200

export type ConnectionFileProblem = SheetProblem | ReadingProblem

/** The connection list of a file, CSV or Excel, whatever its encoding. `day`: that of the activity, where the file gives hours alone. */
export async function readConnectionFile(
  file: Extract<SheetFile, { bytes: Uint8Array }>,
  facts: { day: string | null },
): Promise<Result<ConnectionList, ConnectionFileProblem>> {
  const rows: string[][] = []
  try {
    for await (const { cells } of readSheet(file, tabbed(file.bytes))) {
      if (rows.length >= MAX_ROWS) return err({ type: 'too-many' })
      rows.push(cells.slice(0, MAX_COLUMNS).map((cell) => cell.slice(0, 1000)))
    }
  } catch (error) {
    if (error instanceof SheetRefusal) return err(error.problem)
    throw error
  }
  return readConnectionList(rows, facts)
}

const TAB = 9

/** Teams separates by tabulations, and its dates hold as many commas: a few tabulations tell. */
function tabbed(bytes: Uint8Array): ReadOptions {
  const tabs = bytes.subarray(0, 4096).filter((byte) => byte === TAB).length
  const commas = bytes.subarray(0, 4096).filter((byte) => byte === 59 || byte === 44).length
  return tabs >= 2 && tabs * 2 > commas ? { separator: '\t' } : {}
}
