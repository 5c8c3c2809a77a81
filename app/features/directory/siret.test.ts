import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatSiret, isSiret, siretDigits } from './siret.ts'

test('un SIRET juste est reconnu, avec ou sans espaces', () => {
  expect(isSiret(siretDigits('732 829 320 00074'))).toBe(true)
  expect(formatSiret('73282932000074')).toBe('732\u00a0829\u00a0320\u00a000074')
})

test('un chiffre faux, deux chiffres échangés, treize chiffres ou quatorze zéros sont refusés', () => {
  for (const wrong of ['73282932000075', '73282923000074', '7328293200007', '00000000000000', '7328293200007A'])
    expect(isSiret(wrong)).toBe(false)
})

test('les établissements de La Poste suivent leur propre règle', () => {
  expect(isSiret('35600000000048')).toBe(true)
  expect(isSiret('35600000049837')).toBe(true)
  expect(isSiret('35600000049838')).toBe(false)
})

test('changer un seul chiffre rend tout SIRET faux, et aucun texte ne fait échouer le contrôle', () => {
  const key = (root: string) => [...'0123456789'].map((last) => root + last).find(isSiret)
  const roots = fc.stringMatching(/^[1-9]\d{12}$/).filter((root) => !root.startsWith('356000000'))
  fc.assert(
    fc.property(roots, fc.nat(13), fc.integer({ min: 1, max: 9 }), (root, place, shift) => {
      const siret = key(root)!
      const digit = (Number(siret[place]) + shift) % 10
      const changed = siret.slice(0, place) + digit + siret.slice(place + 1)
      expect(isSiret(changed)).toBe(changed.startsWith('356000000') && isSiret(changed))
    }),
  )
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof isSiret(siretDigits(text)) === 'boolean'))
})
