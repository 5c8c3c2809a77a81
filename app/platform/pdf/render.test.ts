import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readPdf } from '#tests/read-pdf.ts'
import { defaultCentre } from '../settings.server.ts'
import { undrawable, withoutSigns } from './drawable.ts'
import { Drawing, PdfFailure } from './drawing.server.ts'
import { houseOf, pdfResponse, renderPdf } from './render.server.ts'

const house = houseOf({ ...defaultCentre(), name: 'Centre d’essai' })

/** Says what it is given, on a page of the house. */
const echo = () => `#import "/house.typ": *
#show: paper.with("Essai : " + data.name)
= Bonjour
#data.name`

const written = async (name: string) => (await readPdf(await renderPdf(echo, { house, name }))).pages.join(' ')

test('un document est balisé, en français, titré, et se dit conforme à PDF/UA-1', async () => {
  const read = await readPdf(await renderPdf(echo, { house, name: 'Amina' }))
  expect(read).toMatchObject({
    title: 'Essai : Amina',
    language: 'fr-FR',
    claimsUa: true,
    tagged: true,
    bookmarks: ['Bonjour'],
  })
  expect(read.roles[0]).toEqual(expect.arrayContaining(['Root', 'H1', 'P']))
})

test('les mêmes données donnent les mêmes octets', async () => {
  const data = { house, name: 'Zoé Œuvrard' }
  expect(Buffer.from(await renderPdf(echo, data)).equals(await renderPdf(echo, data))).toBe(true)
})

describe('ce qu’on a saisi n’est jamais du code', () => {
  test.each([
    '#import "/house.typ": *',
    '#read("/etc/passwd")',
    '$x^2$ @cle \\ #panic("non") *gras* _italique_ `code`',
    '#include "../fonts/figtree-400.ttf"',
    '"); panic("non',
    '<balise> // commentaire /* autre */',
    '= Titre - liste + liste',
  ])('%s', async (name) => {
    expect(await written(name)).toContain(name)
  })

  test('aucun nom ne fait échouer un document, quels que soient ses signes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 40 }), async (name) => {
        expect(await written(name)).toContain('Bonjour')
      }),
      { numRuns: 40, seed: 2022 },
    )
  })
})

test('un modèle ne lit aucun fichier hors du style de la maison', async () => {
  for (const address of ['/etc/passwd', '../fonts/figtree-400.ttf', '/../drawer.ts', '../../settings.server.ts']) {
    const curious = () => `#let x = read("${address}", encoding: none)`
    await expect(renderPdf(curious, { house })).rejects.toMatchObject({ name: 'PdfFailure', problem: 'refused' })
  }
})

test('aucun modèle ne va chercher de paquet', () => {
  const templates = readdirSync('app', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.typ'))
  expect(templates.length).toBeGreaterThan(2)
  for (const name of templates)
    expect(readFileSync(path.join('app', name), 'utf8')).not.toMatch(/(import|include)\s+"(?!\/house\.typ")/)
})

test('les noms d’ailleurs s’écrivent ; un signe que personne ne sait dessiner s’efface, une lettre laisse sa place', async () => {
  expect(await written('Łukasz Nguyễn, Ștefan, Иван, Ωμέγα, L’Héritier·e « œ »')).toContain(
    'Łukasz Nguyễn, Ștefan, Иван, Ωμέγα, L’Héritier·e « œ »',
  )
  expect(await written('名前 et 🌻 tournesol')).toContain('□□ et tournesol')
})

test('le refus d’un signe est compris tel que Typst le dit', () => {
  expect(undrawable('PDF/UA-1 error: the text `"名"` could not be displayed with font `"Figtree"`')).toEqual(['名'])
  expect(undrawable('the text `\\"\\u{1f600}\\"` could not be displayed')).toEqual(['😀'])
  expect(undrawable('expected content')).toEqual([])
  expect(withoutSigns('{"nom":"名 😀"}', ['名', '😀', '"'])).toBe('{"nom":"□ "}')
})

test('ce que dit une erreur ne répète pas ce qui a été saisi', async () => {
  const failing = () => `#let data = json(bytes(sys.inputs.data))
#panic(data.name)`
  const failure = await renderPdf(failing, { house, name: 'Amina Benali' }).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(PdfFailure)
  expect((failure as Error).message).toContain('panicked')
  expect((failure as Error).message).not.toContain('Amina')
})

const options = { timeLimit: 20_000, maxWaiting: 3, idle: 5_000, maxMemory: 1e9 }
const page = '#set document(title: "x")\n= Page'

test('un dessin sans fin est coupé, le suivant se fait', { timeout: 15_000 }, async () => {
  const drawing = new Drawing({ ...options, timeLimit: 1_500 })
  const endless = '#for i in range(9999) { for j in range(9999) { for k in range(9999) { let x = i + j * k } } }'
  await expect(drawing.draw(endless, '{}')).rejects.toMatchObject({ problem: 'too-long' })
  expect((await drawing.draw(page, '{}')).length).toBeGreaterThan(1000)
  drawing.close()
})

test('au-delà de ce qui peut attendre, on le dit tout de suite ; les autres passent, à leur tour', async () => {
  const drawing = new Drawing(options)
  const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => drawing.draw(page, '{}')))
  const states = outcomes.map((one) => (one.status === 'fulfilled' ? 'fait' : (one.reason as PdfFailure).problem))
  expect(states).toEqual(['fait', 'fait', 'fait', 'fait', 'busy', 'busy'])
  drawing.close()
})

test('le processus qui a pris trop de mémoire laisse sa place à un autre', async () => {
  const drawing = new Drawing({ ...options, maxMemory: 1 })
  for (let i = 0; i < 2; i += 1) expect((await drawing.draw(page, '{}')).length).toBeGreaterThan(1000)
  drawing.close()
})

test('une page répond par un PDF qui ne se garde pas, ou par une phrase', async () => {
  const response = await pdfResponse('Attestation – Zoé', () => renderPdf(echo, { house, name: 'Zoé' }))
  expect(response.headers.get('content-type')).toBe('application/pdf')
  expect(response.headers.get('content-disposition')).toBe('inline; filename="attestation-zoe.pdf"')
  expect(response.headers.get('cache-control')).toBe('private, no-store')
  const busy = pdfResponse('x', () => Promise.reject(new PdfFailure('busy')))
  await expect(busy).rejects.toMatchObject({ init: { status: 503 } })
})
