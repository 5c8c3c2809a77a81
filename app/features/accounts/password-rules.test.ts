import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isCommon, newPassword, wordsOf } from './password-rules.ts'

test.each([
  'motdepasse2022',
  'MotDePasse123!',
  'M0tD3P@sse1234',
  'azertyuiop123',
  'AZERTYUIOPQS',
  '123456789012',
  '210987654321',
  'aaaaaaaaaaaa',
  'abababababab',
  'soleilsoleil',
  'azerty azerty azerty',
  'administrateur',
  'Password2022!',
  'bonjourbonjour2024',
])('« %s » est refusé : c’est l’un des premiers qu’on essaierait', (password) => {
  expect(isCommon(password)).toBe(true)
})

test.each([
  'le cheval boit du thé',
  'Quatre rames vertes à Sète',
  'kV9-tremble-ouate',
  'tramway girafe pluie',
  '九つの青い傘が庭で踊る夜',
])('« %s » convient', (password) => {
  expect(newPassword().safeParse(password).success).toBe(true)
  expect(isCommon(password)).toBe(false)
})

test('un mot de passe fait de son nom, de son adresse ou du nom du centre est refusé', () => {
  const words = wordsOf('Camille', 'Vidal-Roux', 'camille.vidal@villes-liens.fr', 'Villes et Liens')
  for (const password of ['camillevidal34', 'Vidal-Roux-2022', 'villesliens2022', 'CamilleCamille'])
    expect(isCommon(password, words)).toBe(true)
  expect(isCommon('camille mange des figues', words)).toBe(false)
})

test('onze caractères : une phrase dit combien il en faut', () => {
  expect(newPassword().safeParse('onze signes').error?.issues[0]?.message).toContain('12 caractères au moins')
})

test('la vérification tient devant n’importe quel texte, vite', () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 200, unit: 'grapheme' }),
      fc.array(fc.string(), { maxLength: 5 }),
      (text, words) => {
        expect(typeof isCommon(text, words)).toBe('boolean')
      },
    ),
  )
  const start = performance.now()
  isCommon(`${'ab'.repeat(99)}c`, ['ab'])
  isCommon('a'.repeat(200))
  expect(performance.now() - start).toBeLessThan(200)
})
