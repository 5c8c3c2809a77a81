import type { Archive } from './archive.server.ts'
import { refuse, sheetLimits } from './sheet.ts'
import { readXml, xmlReader } from './xml.server.ts'

export interface Workbook {
  /** Shown sheets, in order. */
  sheets: { name: string; part: string }[]
  /** Old Excel for Mac counts days from 1904. */
  from1904: boolean
  /** By the number of a cell's style: is it a date, with an hour? */
  dates: ('day' | 'moment' | null)[]
  shared: string[]
}

export async function readWorkbook(archive: Archive): Promise<Workbook> {
  const workbook = (await archive.text('xl/workbook.xml')) ?? refuse({ type: 'not-a-table' })
  const targets = readTargets((await archive.text('xl/_rels/workbook.xml.rels')) ?? '')
  const sheets: Workbook['sheets'] = []
  let from1904 = false
  readXml(workbook, (name, attributes) => {
    if (name === 'workbookPr') from1904 = ['1', 'true'].includes(attributes.date1904 ?? '')
    if (name !== 'sheet' || attributes.state?.includes('idden')) return
    const part = targets.get(attributes['r:id'] ?? attributes.id ?? '') ?? ''
    if (attributes.name && archive.has(part)) sheets.push({ name: attributes.name, part })
  })
  if (sheets.length === 0) refuse({ type: 'empty' })
  const dates = readDateStyles((await archive.text('xl/styles.xml')) ?? '')
  return { sheets, from1904, dates, shared: await readShared(archive) }
}

function readTargets(relations: string): Map<string, string> {
  const targets = new Map<string, string>()
  if (relations === '') return targets
  readXml(relations, (name, { Id, Target }) => {
    if (name !== 'Relationship' || !Id || !Target) return
    targets.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target.replace(/^\.\//, '')}`)
  })
  return targets
}

/** Formats that Excel has always had; the others are read as they are written. */
function builtIn(id: number): 'day' | 'moment' | null {
  if (id === 22) return 'moment'
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return 'day'
  return (id >= 18 && id <= 21) || (id >= 45 && id <= 47) ? 'moment' : null
}

function readDateStyles(styles: string): Workbook['dates'] {
  const custom = new Map<number, 'day' | 'moment' | null>()
  const dates: Workbook['dates'] = []
  let inCells = false
  if (styles === '') return dates
  readXml(styles, (name, attributes) => {
    if (name === 'numFmt') custom.set(Number(attributes.numFmtId), formatKind(attributes.formatCode ?? ''))
    if (name === 'cellXfs') inCells = true
    if (name === 'cellStyles' || name === 'dxfs') inCells = false
    const id = Number(attributes.numFmtId ?? 0)
    if (name === 'xf' && inCells) dates.push(custom.get(id) ?? builtIn(id))
  })
  return dates
}

/** « dd/mm/yyyy hh:mm », « [$-40C]d mmmm yyyy »: what is between quotes or brackets says nothing. */
function formatKind(code: string): 'day' | 'moment' | null {
  const bare = code.replace(/"[^"]*"|\[(?!h+\]|m+\]|s+\])[^\]]*\]|\\./gi, '').toLowerCase()
  if (/general|standard|@/.test(bare) || !/[dmyhsaj]/.test(bare)) return null
  if (/[hs]/.test(bare)) return 'moment'
  return /[dyj]/.test(bare) || /m{2,}/.test(bare) ? 'day' : null
}

const MAX_SHARED = 2_000_000

/** Texts that cells share; phonetic notes are left out. */
async function readShared(archive: Archive): Promise<string[]> {
  const shared: string[] = []
  if (!archive.has('xl/sharedStrings.xml')) return shared
  let [text, inText, inNote] = ['', false, false]
  const reader = xmlReader({
    open: (name) => {
      if (name === 'si') text = ''
      if (name === 'rPh') inNote = true
      inText = name === 't' && !inNote
    },
    close: (name) => {
      if (name === 'rPh') inNote = false
      if (name === 't') inText = false
      if (name === 'si' && shared.push(text) > MAX_SHARED) refuse({ type: 'unpacks-too-large' })
    },
    text: (piece) => {
      if (inText && text.length <= sheetLimits.cell) text += piece
    },
  })
  for await (const chunk of archive.read('xl/sharedStrings.xml', sheetLimits.sharedBytes)) reader.write(chunk)
  reader.end()
  return shared
}
