import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inSandbox } from '#tests/context.ts'
import type { AppContext } from './context.ts'
import { cleanName, kindOf } from './file-kind.server.ts'
import { fileById, fileResponse, MAX_FILE_BYTES, storeFile, uploadedFile } from './files.server.ts'

const pdf = '%PDF-1.7\n%âãÏÓ\n1 0 obj\n'
const file = (name: string, content: string | Uint8Array<ArrayBuffer>) => new File([content], name)
const store = (ctx: AppContext, name: string, content: string | Uint8Array<ArrayBuffer>) =>
  storeFile(ctx.db, ctx, file(name, content))

/** A zip file of stored entries, as small as can be. */
function zip(entries: Record<string, string>): Uint8Array<ArrayBuffer> {
  const local: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [name, content] of Object.entries(entries)) {
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(at, 42)
    local.push(head, Buffer.from(name), Buffer.from(content))
    directory.push(entry, Buffer.from(name))
    at += 30 + name.length + content.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Object.keys(entries).length, 10)
  end.writeUInt32LE(at, 16)
  return new Uint8Array(Buffer.concat([...local, ...directory, end]))
}

const word = zip({ '[Content_Types].xml': '<Types/>', 'word/document.xml': '<w/>' })
const calc = zip({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<o/>' })

test.each([
  ['rapport.pdf', pdf, 'application/pdf'],
  ['photo.png', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]), 'image/png'],
  ['photo.jpeg', new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0]), 'image/jpeg'],
  ['photo.webp', 'RIFF\u0001\u0001\u0001\u0001WEBPVP8 ', 'image/webp'],
  ['note.docx', word, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['budget.ods', calc, 'application/vnd.oasis.opendocument.spreadsheet'],
  ['liste.csv', 'nom;ville\r\nÉlodie;Béziers\r\n', 'text/csv'],
  ['liste.csv', new Uint8Array(Buffer.from('nom;ville\r\nÉlodie;Béziers\r\n', 'latin1')), 'text/csv'],
  ['notes.txt', 'À revoir : 3 < 4.', 'text/plain'],
])('%s est reconnu à ses octets', (name, content, mediaType) =>
  inSandbox(async (ctx) => {
    expect(await store(ctx, name, content)).toMatchObject({ ok: true, value: { name, mediaType } })
  }),
)

test.each([
  ['une page en habit de PDF', 'rapport.pdf', '<!doctype html><script>alert(1)</script>'],
  ['une page en habit de texte', 'notes.txt', 'bonjour <script>alert(1)</script>'],
  ['un dessin qui s’exécute', 'logo.svg', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
  [
    'un document à macros',
    'note.docx',
    zip({ '[Content_Types].xml': '', 'word/document.xml': '', 'word/vbaProject.bin': '' }),
  ],
  ['une archive quelconque', 'photos.docx', zip({ 'photo.jpg': 'x' })],
  ['une archive coupée', 'note.docx', word.slice(0, word.length - 30)],
  ['un programme', 'outil.txt', new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 1, 0])],
])('%s est refusé et ne laisse rien', (_, name, content) =>
  inSandbox(async (ctx) => {
    expect(await store(ctx, name, content)).toEqual({ ok: false, error: { type: 'unknown-file-kind' } })
    expect(readdirSync(ctx.filesDir)).toEqual([])
  }),
)

test('un fichier vide ou trop lourd est refusé', () =>
  inSandbox(async (ctx) => {
    expect(await store(ctx, 'vide.pdf', '')).toEqual({ ok: false, error: { type: 'empty-file' } })
    const heavy = new Uint8Array(MAX_FILE_BYTES + 1)
    heavy.set(Buffer.from(pdf))
    expect(await store(ctx, 'lourd.pdf', heavy)).toEqual({ ok: false, error: { type: 'file-too-large' } })
  }))

test('les octets sont rangés sous leur empreinte, une fois, et rendus tels quels, toujours à télécharger', () =>
  inSandbox(async (ctx) => {
    const first = await store(ctx, '../../etc/Présentation « été ».html', pdf)
    const second = await store(ctx, 'autre.pdf', pdf)
    if (!first.ok || !second.ok) throw new Error('refused')
    const sha256 = createHash('sha256').update(pdf).digest('hex')
    expect(readFileSync(path.join(ctx.filesDir, sha256.slice(0, 2), sha256), 'utf8')).toBe(pdf)
    expect(readdirSync(path.join(ctx.filesDir, sha256.slice(0, 2)))).toEqual([sha256])
    expect(second.value).toMatchObject({ sha256, name: 'autre.pdf' })

    const response = await fileResponse(ctx, (await fileById(ctx.db, first.value.id))!)
    expect(await response.text()).toBe(pdf)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': String(Buffer.byteLength(pdf)),
      'content-disposition':
        'attachment; filename="Presentation - ete -.pdf"; filename*=UTF-8\'\'Pr%C3%A9sentation%20%C2%AB%20%C3%A9t%C3%A9%20%C2%BB.pdf',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    })
  }))

test('un fichier perdu est une page qui n’existe pas', () =>
  inSandbox(async (ctx) => {
    const stored = await store(ctx, 'rapport.pdf', pdf)
    if (!stored.ok) throw new Error('refused')
    rmSync(ctx.filesDir, { recursive: true })
    expect(existsSync(ctx.filesDir)).toBe(false)
    await expect(fileResponse(ctx, stored.value)).rejects.toMatchObject({ init: { status: 404 } })
  }))

test('quel que soit le nom donné, celui qu’on garde ne mène nulle part et porte la bonne extension', () => {
  const kind = kindOf(Buffer.from(pdf), 'x')!
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
      const clean = cleanName(name, kind)
      expect(clean).toMatch(/^[^./\\\s][^/\\]*\.pdf$/)
      expect(clean).not.toMatch(/[\u0000-\u001f\u007f"<>%]/)
      expect(clean.length).toBeLessThanOrEqual(124)
    }),
  )
  expect(cleanName('..\\..\\boot.ini', kind)).toBe('boot.pdf')
  expect(cleanName('.pdf', kind)).toBe('document.pdf')
  expect(cleanName('programme.v2.PDF', kind)).toBe('programme.v2.pdf')
})

test('un champ laissé vide n’est pas un fichier', () => {
  const form = new FormData()
  form.set('document', new File([], ''))
  form.set('texte', 'rapport.pdf')
  expect(uploadedFile(form, 'document')).toBeNull()
  expect(uploadedFile(form, 'texte')).toBeNull()
  expect(uploadedFile(form, 'absent')).toBeNull()
})
