import type { ImportColumn } from '#app/platform/imports.ts'
import type { SheetRow } from '#app/platform/sheets/sheet.ts'
import { isSiret, siretDigits } from '../siret.ts'
import { isEmail, readPhones } from './contacts.ts'
import { readDate } from './dates.ts'
import { bareText, plainWords } from './words.ts'

export type Mapping = Record<string, number>

/** Columns that an earlier file of rejects added. */
const OURS = new Set(['ligne d origine', 'motif du rejet'])

/** The line of the headers: the one where the most cells are words we know; else the first that fills two cells. */
export function guessHeader(rows: readonly SheetRow[], columns: readonly ImportColumn[]): SheetRow {
  const scored = rows.slice(0, 30).map((row) => ({ row, score: knownWords(row.cells, columns) }))
  const best = scored.reduce((one, other) => (other.score > one.score ? other : one))
  if (best.score > 0) return best.row
  return rows.find(({ cells }) => new Set(cells.filter(Boolean)).size >= 2) ?? rows[0]!
}

const knownWords = (cells: readonly string[], columns: readonly ImportColumn[]) =>
  Object.keys(byHeader(cells, columns)).length

/** Which column holds what: by its header, then by what its cells look like. */
export function guessMapping(
  headers: readonly string[],
  sample: readonly (readonly string[])[],
  columns: readonly ImportColumn[],
): Mapping {
  const mapping = byHeader(headers, columns)
  const taken = new Set(Object.values(mapping))
  for (const { key, content } of columns) {
    if (!content || key in mapping) continue
    if (columns.some((other) => other.content === content && other.key in mapping)) continue
    const found = headers.findIndex(
      (header, i) => !taken.has(i) && !OURS.has(plainWords(header)) && looksLike(sample, i, content),
    )
    if (found >= 0) {
      mapping[key] = found
      taken.add(found)
    }
  }
  return mapping
}

/** The exact word first, then a header that holds it: « E-mail professionnel » is an e-mail. */
function byHeader(headers: readonly string[], columns: readonly ImportColumn[]): Mapping {
  const words = headers.map(plainWords)
  const mapping: Mapping = {}
  const taken = new Set<number>(words.flatMap((word, i) => (OURS.has(word) || word === '' ? [i] : [])))
  const take = (fits: (header: string, synonym: string) => boolean) => {
    for (const { key, synonyms, label } of columns) {
      if (key in mapping) continue
      const known = [plainWords(label), ...synonyms]
      const found = words.findIndex((header, i) => !taken.has(i) && known.some((synonym) => fits(header, synonym)))
      if (found < 0) continue
      mapping[key] = found
      taken.add(found)
    }
  }
  take((header, synonym) => header === synonym)
  take((header, synonym) => synonym.length >= 4 && ` ${header} `.includes(` ${synonym} `))
  return mapping
}

function looksLike(
  sample: readonly (readonly string[])[],
  column: number,
  content: NonNullable<ImportColumn['content']>,
) {
  const cells = sample.map((row) => bareText(row[column] ?? '')).filter(Boolean)
  const alike = cells.filter((cell) => tests[content](cell)).length
  return alike >= 1 && alike / cells.length > 0.7
}

const tests: Record<NonNullable<ImportColumn['content']>, (cell: string) => boolean> = {
  email: (cell) => isEmail(cell.toLowerCase()),
  phone: (cell) =>
    /^[+\d][\d\s.()/-]{8,}$/.test(cell) && cell.replace(/\D/g, '').length <= 13 && readPhones(cell).phone !== null,
  siret: (cell) => isSiret(siretDigits(cell)),
  date: (cell) => /\D/.test(cell) && typeof readDate(cell) === 'object',
}

/** Headers as they are remembered. */
export const headerKey = (headers: readonly string[]) => headers.map(plainWords).join('|')
