import fc from 'fast-check'
import { expect, test } from 'vitest'
import { found, slip, twins } from './search.ts'

const person = (givenName: string, familyName: string, organisation: string | null = null) => ({
  givenName,
  familyName,
  organisation,
})
const room = [
  person('Éloïse', 'Béranger', 'Mission locale'),
  person('Jean-Luc', 'Le Goff'),
  person('Zoé', 'Œuvrard'),
  person('Marie', 'Dupont', 'Ville de Nîmes'),
  person('Marin', 'Dupuis'),
]
const names = (typed: string) => found(room, typed).map(({ givenName, familyName }) => `${givenName} ${familyName}`)

test('un nom se trouve sans accents, sans trait d’union, dans les deux sens, dès les premières lettres', () => {
  expect(names('beran')).toEqual(['Éloïse Béranger'])
  expect(names('legoff')).toEqual([])
  expect(names('goff jean luc')).toEqual(['Jean-Luc Le Goff'])
  expect(names('JEAN-LUC')).toEqual(['Jean-Luc Le Goff'])
  expect(names('oeuv')).toEqual(['Zoé Œuvrard'])
  expect(names('mar dup')).toEqual(['Marie Dupont', 'Marin Dupuis'])
})

test('l’organisation se cherche aussi, et vient après les noms', () => {
  expect(names('nimes')).toEqual(['Marie Dupont'])
  expect(names('mission eloise')).toEqual(['Éloïse Béranger'])
})

test('une lettre de trop, de moins, fausse ou deux retournées se pardonnent', () => {
  expect(names('dupomt')).toEqual(['Marie Dupont'])
  expect(names('brenager')).toEqual([])
  expect(names('béragner')).toEqual(['Éloïse Béranger'])
  expect(names('dupoont')).toEqual(['Marie Dupont'])
  expect(names('bérager')).toEqual(['Éloïse Béranger'])
})

test('rien de tapé montre tout le monde ; ce qui ne ressemble à rien ne montre personne', () => {
  expect(found(room, '  ')).toHaveLength(room.length)
  expect(names('xylophone')).toEqual([])
})

test('une seule faute, où qu’elle soit, laisse trouver le nom', () => {
  const word = fc.stringMatching(/^[a-z]{5,12}$/)
  fc.assert(
    fc.property(word, fc.nat(11), fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'), (name, place, letter) => {
      const at = place % name.length
      const typed = name.slice(0, at) + letter + name.slice(at + 1)
      expect(typed === name || slip(typed, name)).toBe(true)
      expect(slip(name.slice(0, at) + name.slice(at + 1), name)).toBe(true)
    }),
    { numRuns: 300 },
  )
})

test('qui ressemble à la personne qu’on ajoute est montré avant', () => {
  expect(twins(room, { givenName: 'marie', familyName: 'dupond' })).toEqual([room[3]])
  expect(twins(room, { givenName: 'Paul', familyName: 'Dupont' })).toEqual([])
  expect(twins(room, { givenName: '', familyName: 'Dupont' })).toEqual([])
})
