/** What a file is, read from its bytes: neither its name nor the browser's word is believed. */
export interface FileKind {
  mediaType: string
  /** The first one is given to a name that has another. */
  extensions: readonly string[]
}

const kind = (mediaType: string, ...extensions: string[]): FileKind => ({ mediaType, extensions })

const office = 'application/vnd.openxmlformats-officedocument.'
const openDocument = 'application/vnd.oasis.opendocument.'

const images: { kind: FileKind; is: (bytes: Buffer) => boolean }[] = [
  { kind: kind('application/pdf', 'pdf'), is: (bytes) => starts(bytes, '%PDF-') },
  { kind: kind('image/png', 'png'), is: (bytes) => starts(bytes, '\x89PNG\r\n\x1a\n') },
  { kind: kind('image/jpeg', 'jpg', 'jpeg'), is: (bytes) => starts(bytes, '\xff\xd8\xff') },
  { kind: kind('image/webp', 'webp'), is: (bytes) => starts(bytes, 'RIFF') && starts(bytes.subarray(8), 'WEBP') },
]

/** The entry that makes an Office document what it is. */
const officeKinds: Record<string, FileKind> = {
  'word/document.xml': kind(`${office}wordprocessingml.document`, 'docx'),
  'xl/workbook.xml': kind(`${office}spreadsheetml.sheet`, 'xlsx'),
  'ppt/presentation.xml': kind(`${office}presentationml.presentation`, 'pptx'),
}

const openDocumentKinds = [
  kind(`${openDocument}text`, 'odt'),
  kind(`${openDocument}spreadsheet`, 'ods'),
  kind(`${openDocument}presentation`, 'odp'),
]

export function kindOf(bytes: Buffer, name: string): FileKind | null {
  const known = images.find(({ is }) => is(bytes))
  if (known) return known.kind
  if (starts(bytes, 'PK\x03\x04')) return zipKind(bytes)
  if (!isPlainText(bytes)) return null
  return /\.csv$/i.test(name) ? kind('text/csv', 'csv') : kind('text/plain', 'txt')
}

const starts = (bytes: Buffer, signature: string) =>
  bytes.subarray(0, signature.length).equals(Buffer.from(signature, 'latin1'))

/** A document with macros is refused: it is a program. */
function zipKind(bytes: Buffer): FileKind | null {
  const entries = zipEntries(bytes)
  if (!entries || entries.some((entry) => /vbaProject\.bin$/i.test(entry))) return null
  if (entries.includes('[Content_Types].xml')) {
    const main = entries.find((entry) => Object.hasOwn(officeKinds, entry))
    return main ? officeKinds[main]! : null
  }
  // OpenDocument says its type first, uncompressed, so that it can be read here.
  const declared = entries[0] === 'mimetype' ? bytes.subarray(38, 120).toString('latin1') : ''
  return (
    openDocumentKinds.find(
      ({ mediaType }) => declared.startsWith(mediaType) && !declared.startsWith(`${mediaType}-`),
    ) ?? null
  )
}

const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50
const MAX_ENTRIES = 20_000

/** The names in the directory at the end of a zip file, nothing being unpacked; null when there is none. */
function zipEntries(bytes: Buffer): string[] | null {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  if (end < 0 || end + 22 > bytes.length || bytes.readUInt32LE(end) !== END_OF_DIRECTORY) return null
  const count = bytes.readUInt16LE(end + 10)
  if (count > MAX_ENTRIES) return null
  const names: string[] = []
  let at = bytes.readUInt32LE(end + 16)
  for (let entry = 0; entry < count; entry += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== DIRECTORY_ENTRY) return null
    const nameLength = bytes.readUInt16LE(at + 28)
    names.push(bytes.subarray(at + 46, at + 46 + nameLength).toString('utf8'))
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return names
}

/** Text of any alphabet, or of an old French spreadsheet; not a page, not a drawing that a browser would run. */
function isPlainText(bytes: Buffer): boolean {
  const text = bytes.toString('latin1')
  if (/[\x00-\x08\x0b\x0e-\x1f\x7f]/.test(text)) return false
  return !/^(\xef\xbb\xbf)?\s*</.test(text) && !/<(!doctype|html|script|svg|iframe|\?xml)/i.test(text.slice(0, 100_000))
}

const MAX_NAME = 120

/** A name that every system accepts, with the extension of what the file is. */
export function cleanName(name: string, { extensions }: FileKind): string {
  const base = name.normalize('NFC').split(/[/\\]/).at(-1)!
  const clean = base
    .toWellFormed()
    .replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffd]/g, '')
    .replace(/[<>:"|?*%]/g, '-')
    .replace(/\s+/g, ' ')
    .trim()
  const dot = clean.lastIndexOf('.')
  const given = dot >= 0 ? clean.slice(dot + 1).toLowerCase() : ''
  const stem = (dot >= 0 ? clean.slice(0, dot) : clean)
    .replace(/^[.\s]+|[.\s]+$/g, '')
    .slice(0, MAX_NAME)
    .toWellFormed()
  return `${stem || 'document'}.${extensions.includes(given) ? given : extensions[0]}`
}
