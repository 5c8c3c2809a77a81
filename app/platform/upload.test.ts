import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { receiveUpload } from './upload.server.ts'

const folder = () => mkdtempSync(path.join(tmpdir(), 'maillage-envoi-'))

function requestOf(form: FormData): Request {
  return new Request('https://maillage.test/envoi', { method: 'POST', body: form })
}

test('un fichier envoyé arrive entier sur le disque, avec les champs du formulaire', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 1, maxLength: 400 }),
      fc.string({ maxLength: 30 }),
      async (bytes, note) => {
        const form = new FormData()
        form.set('note', note.replace(/\r\n?|\n/g, '\r\n'))
        form.set('file', new File([Buffer.concat([bytes, Buffer.from('\r\n--'), bytes])], '../Été "x".csv'))
        const upload = await receiveUpload(requestOf(form), { folder: folder(), maxBytes: 10_000 })
        if (!upload.ok || !upload.value.file) throw new Error('refused')
        expect(readFileSync(upload.value.file.path)).toEqual(Buffer.concat([bytes, Buffer.from('\r\n--'), bytes]))
        expect(upload.value.file.name).toMatch(/^Été/)
        expect(upload.value.fields.note).toBe(form.get('note'))
      },
    ),
    { numRuns: 60, seed: 20221124 },
  )
})

test('un fichier trop lourd est refusé en chemin, sans rien laisser', async () => {
  const form = new FormData()
  form.set('file', new File([Buffer.alloc(200_000, 'a')], 'gros.csv'))
  const target = folder()
  expect(await receiveUpload(requestOf(form), { folder: target, maxBytes: 100_000 })).toEqual({
    ok: false,
    error: { type: 'too-large' },
  })
  expect(readdirSync(target)).toEqual([])
})

test('un envoi coupé ou qui n’est pas un formulaire ne laisse rien', async () => {
  const target = folder()
  const send = (body: string, type = 'multipart/form-data; boundary=xyz') =>
    receiveUpload(new Request('https://maillage.test/', { method: 'POST', body, headers: { 'content-type': type } }), {
      folder: target,
      maxBytes: 1000,
    })
  const cut = '--xyz\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nNom;Pr'
  for (const body of ['', cut, '--xyz--', 'x'.repeat(20_000)]) {
    const upload = await send(body)
    expect(upload.ok && upload.value.file).toBeFalsy()
  }
  expect(await send('a=b', 'application/x-www-form-urlencoded')).toEqual({ ok: false, error: { type: 'unreadable' } })
  expect(readdirSync(target)).toEqual([])
})
