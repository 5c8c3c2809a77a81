import fc from 'fast-check'
import { expect, test } from 'vitest'
import { editLines, isLineIntent, type Line, linesOf, textOf, treeOf, withoutBlanks } from './lines.ts'

const typed = {
  title: 'Journée',
  'items.0.title': 'Accueil',
  'items.2.title': 'Plénière',
  'items.2.speakers.0.name': 'Inès Bazin',
  'items.2.speakers.1.name': '',
  'items.3.title': ' ',
}

test('les noms à points deviennent un arbre, sans trou dans les numéros', () => {
  expect(treeOf(typed)).toEqual({
    title: 'Journée',
    items: [
      { title: 'Accueil' },
      { title: 'Plénière', speakers: [{ name: 'Inès Bazin' }, { name: '' }] },
      { title: ' ' },
    ],
  })
})

test('une ligne vide ne compte pas, une ligne qui en tient une pleine compte', () => {
  const matters = { items: ['title'], speakers: ['name'] }
  const tree = withoutBlanks(treeOf({ ...typed, 'items.3.speakers.0.name': 'Paul Abel' }), matters)
  expect(linesOf(tree, 'items').map((item) => [textOf(item, 'title'), linesOf(item, 'speakers').length])).toEqual([
    ['Accueil', 0],
    ['Plénière', 1],
    [' ', 1],
  ])
})

test('sans script, un bouton ajoute, retire ou déplace une ligne, à tout étage', () => {
  const tree = treeOf(typed)
  const titles = (line: Line) => linesOf(line, 'items').map((item) => textOf(item, 'title'))
  expect(titles(editLines(tree, 'add:items'))).toEqual(['Accueil', 'Plénière', ' ', ''])
  expect(titles(editLines(tree, 'remove:items.0'))).toEqual(['Plénière', ' '])
  expect(titles(editLines(tree, 'up:items.1'))).toEqual(['Plénière', 'Accueil', ' '])
  expect(titles(editLines(tree, 'down:items.2'))).toEqual(['Accueil', 'Plénière', ' '])
  const deep = editLines(tree, 'add:items.1.speakers')
  expect(linesOf(linesOf(deep, 'items')[1]!, 'speakers')).toHaveLength(3)
  expect(editLines(tree, 'drop:items')).toEqual(tree)
})

test('un bouton d’enregistrement n’est pas un bouton de ligne', () => {
  expect(['save', '', 'publish', 'add:'].map(isLineIntent)).toEqual([false, false, false, false])
  expect(['add:sessions', 'up:items.0.speakers.3'].map(isLineIntent)).toEqual([true, true])
})

test('aucun nom de champ, même forgé, ne fait tomber la lecture ni ne touche aux prototypes', () => {
  const name = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '__proto__.0.polluted',
      'constructor.0.prototype',
      'items.999.title',
      'items.0',
      'items.0.__proto__',
      'items.0.title',
    ),
  )
  fc.assert(
    fc.property(fc.dictionary(name, fc.oneof(fc.string(), fc.array(fc.string()))), fc.string(), (values, intent) => {
      const tree = editLines(treeOf(values), intent)
      expect(JSON.stringify(withoutBlanks(tree, { items: ['title'] }))).toBeTypeOf('string')
      expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    }),
  )
})
