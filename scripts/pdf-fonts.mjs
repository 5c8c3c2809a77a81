// Makes the static faces that Typst draws with from the variable ones of the pages: Typst reads neither woff2 nor axes.
// Run again after an update of the @fontsource packages: `node scripts/pdf-fonts.mjs`; its output is committed.
import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import subsetFont from 'subset-font'

const resolve = createRequire(import.meta.url).resolve
// no combining mark: with one, « ễ » is drawn in two pieces, and read twice by whoever copies or listens
const everything = String.fromCodePoint(...range(0x20, 0x24f), ...range(0x1e00, 0x26ff))

/** Names are written in more letters than French has: each face is followed by its neighbours (« Ext »), Vietnamese included. */
const faces = [
  { package: 'figtree', subset: 'latin', weight: 400, family: 'Figtree' },
  { package: 'figtree', subset: 'latin', weight: 700, family: 'Figtree' },
  { package: 'figtree', subset: 'latin-ext', weight: 400, family: 'Figtree Ext' },
  { package: 'figtree', subset: 'latin-ext', weight: 700, family: 'Figtree Ext' },
  { package: 'bricolage-grotesque', subset: 'latin', weight: 700, family: 'Bricolage Grotesque' },
  { package: 'bricolage-grotesque', subset: 'latin-ext', weight: 700, family: 'Bricolage Grotesque Ext' },
  { package: 'bricolage-grotesque', subset: 'vietnamese', weight: 400, family: 'Bricolage Grotesque Viet' },
  { package: 'bricolage-grotesque', subset: 'vietnamese', weight: 700, family: 'Bricolage Grotesque Viet' },
]

for (const { package: name, subset, weight, family } of faces) {
  const source = await readFile(resolve(`@fontsource-variable/${name}/files/${name}-${subset}-wght-normal.woff2`))
  const cut = await subsetFont(source, everything, {
    targetFormat: 'truetype',
    variationAxes: { wght: weight },
    noHinting: true,
    keepFeatures: ['kern', 'liga', 'mark', 'mkmk', 'locl', 'tnum', 'lnum'],
  })
  const file = `${family.toLowerCase().replaceAll(' ', '-')}-${weight}.ttf`
  const bytes = renamed(cut, family, weight)
  await writeFile(new URL(`../app/platform/pdf/fonts/${file}`, import.meta.url), bytes)
  console.log(`${file}: ${(bytes.length / 1000).toFixed(1)} ko`)
}

/** The same font under a name of its own: an instance keeps that of the variable font (« Figtree Light »), whatever its weight. */
function renamed(font, family, weight) {
  const tables = readTables(font)
  const copyright = readName(tables.get('name'), 0)
  tables.set('name', nameTable(copyright, family, weight === 700 ? 'Bold' : 'Regular'))
  tables.delete('STAT')
  return writeTables(font.subarray(0, 4), tables)
}

function readTables(font) {
  const tables = new Map()
  for (let i = 0; i < font.readUInt16BE(4); i++) {
    const entry = 12 + 16 * i
    const [offset, length] = [font.readUInt32BE(entry + 8), font.readUInt32BE(entry + 12)]
    tables.set(font.toString('latin1', entry, entry + 4), Buffer.from(font.subarray(offset, offset + length)))
  }
  return tables
}

function readName(table, wanted) {
  const strings = table.readUInt16BE(4)
  for (let i = 0; i < table.readUInt16BE(2); i++) {
    const [platform, , , id, length, offset] = Array.from({ length: 6 }, (_, k) =>
      table.readUInt16BE(6 + 12 * i + 2 * k),
    )
    if (platform !== 3 || id !== wanted) continue
    return Buffer.from(table.subarray(strings + offset, strings + offset + length))
      .swap16()
      .toString('utf16le')
  }
  return ''
}

function nameTable(copyright, family, style) {
  const plain = `${family.replaceAll(' ', '')}-${style}`
  const names = [
    [0, copyright],
    [1, family],
    [2, style],
    [3, plain],
    [4, `${family} ${style}`],
    [6, plain],
    [13, 'SIL Open Font License 1.1'],
  ].map(([id, text]) => [id, Buffer.from(text, 'utf16le').swap16()])
  const head = Buffer.alloc(6 + 12 * names.length)
  head.writeUInt16BE(names.length, 2)
  head.writeUInt16BE(head.length, 4)
  let offset = 0
  names.forEach(([id, bytes], i) => {
    const record = [3, 1, 0x409, id, bytes.length, offset]
    record.forEach((value, k) => {
      head.writeUInt16BE(value, 6 + 12 * i + 2 * k)
    })
    offset += bytes.length
  })
  return Buffer.concat([head, ...names.map(([, bytes]) => bytes)])
}

function writeTables(version, tables) {
  tables.get('head').writeUInt32BE(0, 8)
  const names = [...tables.keys()].sort()
  const head = Buffer.alloc(12 + 16 * names.length)
  const log = Math.floor(Math.log2(names.length))
  version.copy(head)
  ;[names.length, 16 << log, log, 16 * (names.length - (1 << log))].forEach((value, i) => {
    head.writeUInt16BE(value, 4 + 2 * i)
  })
  let offset = head.length
  const padded = names.map((name, i) => {
    const table = tables.get(name)
    const bytes = Buffer.concat([table, Buffer.alloc(-table.length & 3)])
    head.write(name, 12 + 16 * i, 'latin1')
    ;[checksum(bytes), offset, table.length].forEach((value, k) => {
      head.writeUInt32BE(value, 16 + 16 * i + 4 * k)
    })
    offset += bytes.length
    return bytes
  })
  const whole = Buffer.concat([head, ...padded])
  const headOffset = whole.readUInt32BE(12 + 16 * names.indexOf('head') + 8)
  whole.writeUInt32BE((0xb1b0afba - checksum(whole)) >>> 0, headOffset + 8)
  return whole
}

function checksum(bytes) {
  let sum = 0
  for (let i = 0; i < bytes.length; i += 4) sum = (sum + bytes.readUInt32BE(i)) >>> 0
  return sum
}

function range(from, to) {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i)
}
