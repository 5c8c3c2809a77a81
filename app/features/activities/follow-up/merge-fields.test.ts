import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fillMerge, mergeFields, type MergeField, mergeSentence, parseMerge } from './merge-fields.ts'

const values = Object.fromEntries(mergeFields.map((field) => [field, `<${field}>`])) as Record<MergeField, string>
const filled = (text: string) => {
  const read = parseMerge(text)
  return read.ok ? fillMerge(read.value, values) : read.error.map(mergeSentence)
}

test('les champs se remplissent, quels que soient casse, accents et apostrophes', () => {
  expect(filled('Bonjour {prénom}, merci pour {Activite}.')).toBe('Bonjour <prénom>, merci pour <activité>.')
  expect(filled("{lien de l'attestation} {LIEN DE L’ATTESTATION}")).toBe(
    '<lien de l’attestation> <lien de l’attestation>',
  )
})

test('un champ inconnu est refusé à sa place, avec le mot le plus proche', () => {
  expect(filled('Bonjour,\nmerci {prénon}')).toEqual([
    'Ligne 2, caractère 7\u202f: «\u202f{prénon}\u202f» n’est pas un champ. Vouliez-vous dire {prénom}\u202f?',
  ])
  expect(filled('{{prénom}}')).toHaveLength(2)
  expect(filled('{= 1 + 1}')).toEqual(['Ligne 1, caractère 1\u202f: «\u202f{= 1 + 1}\u202f» n’est pas un champ.'])
  expect(filled('a { b')).toEqual(['Ligne 1, caractère 3\u202f: cette accolade ouvre un champ qui n’est pas fermé.'])
  expect(filled('a } b')).toEqual(['Ligne 1, caractère 3\u202f: cette accolade ferme un champ qui n’est pas ouvert.'])
})

test('une valeur qui ressemble à un champ reste telle quelle', () => {
  const read = parseMerge('{prénom}')
  expect(read.ok && fillMerge(read.value, { ...values, prénom: '{nom} $1 {{documents}}' })).toBe(
    '{nom} $1 {{documents}}',
  )
})

test('un champ qui n’a pas de sens pour ces personnes est refusé', () => {
  expect(parseMerge('{lien de l’attestation}', ['prénom'])).toMatchObject({
    ok: false,
    error: [{ type: 'not-for-them' }],
  })
})

test('quel que soit le texte : ou bien il est refusé, ou bien il se lit en entier et sans accolade', () => {
  const bits = fc.constantFrom('{', '}', 'prénom', 'nom', '\n', ' ', 'texte', '{prénom}', '{rien}', 'é', '\u{1f600}')
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(bits, { maxLength: 20 }).map((all) => all.join('')),
        fc.string({ maxLength: 60 }),
      ),
      (text) => {
        const read = parseMerge(text)
        if (!read.ok) {
          for (const { line, column } of read.error) expect('{}').toContain(text.split('\n')[line - 1]![column - 1])
          return
        }
        const back = read.value.map((piece) => ('text' in piece ? piece.text : `{${piece.field}}`)).join('')
        expect(back.length).toBeGreaterThanOrEqual(0)
        expect(read.value.every((piece) => 'field' in piece || !/[{}]/.test(piece.text))).toBe(true)
        expect(parseMerge(back)).toEqual(read)
      },
    ),
    { numRuns: 500 },
  )
})
