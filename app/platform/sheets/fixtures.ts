import { crc32, deflateRawSync } from 'node:zlib'
/** A file held in memory. */
export interface MemoryFile {
  name: string
  bytes: Uint8Array
}

/** A zip file of these parts, as any program would write it. */
export function zipOf(
  parts: Record<string, string | Uint8Array>,
  { encrypted = false, stored = false } = {},
): Uint8Array {
  const [local, central] = [[] as Buffer[], [] as Buffer[]]
  let at = 0
  for (const [name, content] of Object.entries(parts)) {
    const bytes = Buffer.from(content as string)
    const packed = stored ? bytes : deflateRawSync(bytes)
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(20, 4)
    head.writeUInt16LE(encrypted ? 1 : 0, 6)
    head.writeUInt16LE(stored ? 0 : 8, 8)
    head.writeUInt32LE(crc32(bytes), 14)
    head.writeUInt32LE(packed.length, 18)
    head.writeUInt32LE(bytes.length, 22)
    head.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(20, 4)
    head.copy(entry, 6, 4, 30)
    entry.writeUInt32LE(at, 42)
    local.push(head, Buffer.from(name), packed)
    central.push(entry, Buffer.from(name))
    at += 30 + name.length + packed.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Object.keys(parts).length, 8)
  end.writeUInt16LE(Object.keys(parts).length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...local, directory, end])
}

interface BookOptions {
  /** After the rows: merged cells. */
  after?: string
  shared?: string
  styles?: string
  workbook?: string
  more?: Record<string, string>
  /** Not packed: many are read in a second. */
  stored?: boolean
}

/** The parts of an Excel file around the rows of its sheet, written as XML. */
export const bookParts = (rows: string, { after = '', shared, styles, workbook, more = {} }: BookOptions = {}) => ({
  'xl/workbook.xml':
    workbook ?? '<workbook xmlns:r="r"><sheets><sheet name="Liste" sheetId="1" r:id="rId1"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels':
    '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="worksheets/sheet2.xml"/></Relationships>',
  'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${rows}</sheetData>${after}</worksheet>`,
  ...(shared === undefined ? {} : { 'xl/sharedStrings.xml': shared }),
  ...(styles === undefined ? {} : { 'xl/styles.xml': styles }),
  ...more,
})

export const bookOf = (rows: string, options: BookOptions = {}): MemoryFile => ({
  name: 'liste.xlsx',
  bytes: zipOf(bookParts(rows, options), { stored: options.stored }),
})

export const csvOf = (text: string, encoding: BufferEncoding = 'utf8'): MemoryFile => ({
  name: 'liste.csv',
  bytes: Buffer.from(text, encoding),
})
