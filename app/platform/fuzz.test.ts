import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { safeText } from './export.server.ts'
import { checkForm, fields, formValues, readForm } from './forms.server.ts'
import { listErrorAnswer, parseListParams } from './list-params.ts'
import { signLink, readLink } from './signed-link.server.ts'
import { safePath } from './web.server.ts'

const many = { numRuns: 10_000, seed: 20221124, endOnFailure: true }
/** Words that parsers know, between words that nobody expects. */
const word = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    'page',
    'tri',
    'ordre',
    'q',
    'theme',
    '__proto__',
    'constructor',
    'a[]',
    '%',
    '%00',
    '\u202e',
    '-1',
    '1e9',
    '9'.repeat(400),
    '=1+1',
  ),
)
const pairs = fc.array(fc.tuple(word, word), { maxLength: 12 })

const rules = {
  sortable: ['nom', 'date'],
  defaultSort: { key: 'nom', direction: 'asc' },
  filters: { theme: ['culture', 'sante'], texte: 'text' },
} as const

test('dix mille questions quelconques : une liste sûre, ou un refus en français', () => {
  fc.assert(
    fc.property(pairs, (asked) => {
      const params = new URLSearchParams(asked.map(([name, value]) => [name, value.toWellFormed()]))
      const read = parseListParams(params, rules)
      if (!read.ok) return /^[A-ZÉ][^{}]*$/s.test(listErrorAnswer(read.error).message)
      const { page, pageSize, sort, q, filters } = read.value
      const known = filters.theme!.every((value) => ['culture', 'sante'].includes(value))
      return (
        page >= 1 &&
        page <= 100_000 &&
        pageSize === 50 &&
        ['nom', 'date'].includes(sort.key) &&
        q.length <= 200 &&
        known
      )
    }),
    many,
  )
})

const schema = z.object({
  line: fields.line(80),
  email: fields.optionalEmail(),
  text: fields.optionalText(200),
  tick: fields.tick(),
  id: fields.optionalId(),
  list: fields.list(z.string().max(20), 5),
  whole: fields.optionalInteger(1, 100),
})
const fieldName = fc.oneof(fc.constantFrom('line', 'email', 'text', 'tick', 'id', 'list[]', 'list', 'whole'), word)

test('dix mille formulaires quelconques : des valeurs propres, ou une phrase à chaque champ refusé', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fieldName, word), { maxLength: 15 }), (sent) => {
      const form = new FormData()
      for (const [name, value] of sent) form.append(name, value)
      const read = checkForm(form, schema)
      if (!read.ok)
        return Object.entries(read.error.errors).every(([name, sentences]) =>
          name in schema.shape || name.split('.')[0]! in schema.shape
            ? sentences.every((one) => /^[A-ZÉ\d].*\.$/s.test(one))
            : false,
        )
      const { line, email, text, list, whole } = read.value
      const clean = [line, email, text, ...list].every(
        (value) => value === null || !/[\u0000-\u0008\u202a-\u202e]/.test(value),
      )
      return (
        clean &&
        line.length > 0 &&
        line.length <= 80 &&
        list.length <= 5 &&
        (whole === null || (whole >= 1 && whole <= 100))
      )
    }),
    many,
  )
})

test('un corps quelconque, annoncé comme formulaire, est lu ou refusé d’un 4xx', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 300 }),
      fc.constantFrom(
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
        'multipart/form-data',
        'multipart/form-data; boundary=',
        'application/json',
        '',
      ),
      async (body, type) => {
        const request = new Request('https://example.org/', { method: 'POST', body, headers: { 'content-type': type } })
        const read = await readForm(request).catch(
          (thrown: unknown) => (thrown as { init: { status: number } }).init.status,
        )
        return read instanceof FormData ? typeof formValues(read) === 'object' : read >= 400 && read < 500
      },
    ),
    { ...many, numRuns: 2000 },
  )
})

test('dix mille textes quelconques : aucune cellule n’est une formule, aucun chemin ne sort de la maison, aucun lien n’est forgé', () => {
  const now = new Date('2022-11-24T09:00:00Z')
  const secret = 'clef-des-essais-de-trente-deux-octets-au-moins'
  const link = signLink(secret, 'own-registration', { id: 'x', expiresAt: new Date('2023-01-01') })
  fc.assert(
    fc.property(word, fc.nat({ max: link.length }), (text, cut) => {
      const cell = safeText(text)
      const path = safePath(`/${text}`, '/bureau')
      const tampered = link.slice(0, cut) + text + link.slice(cut)
      const forged = tampered === link || readLink(secret, 'own-registration', tampered, now).state === 'forged'
      const runs = /^[=@|%]/.test(cell) || (/^[+-]/.test(cell) && !/^\+\d[\d .()-]*$/.test(cell))
      return !runs && new URL(path, 'https://maillage.example.org').origin === 'https://maillage.example.org' && forged
    }),
    many,
  )
  expect(safePath('//evil.example', '/bureau')).toBe('/bureau')
})
