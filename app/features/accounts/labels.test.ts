import { expect, test } from 'vitest'
import { permissions } from '#app/platform/permissions.ts'
import { permissionGroups } from './labels.ts'

test('chaque droit de la maison est dit en français, une fois', () => {
  const told = permissionGroups.flatMap((group) => Object.keys(group.permissions))
  expect([...told].sort()).toEqual([...permissions].sort())
})
