import { expect, test } from 'vitest'
import { changesOf } from '#app/platform/changes.server.ts'
import { checkForm } from '#app/platform/forms.server.ts'
import { defaultCentre, readCentre } from '#app/platform/settings.server.ts'
import { contrastOk } from '#app/ui/contrast.ts'
import { asRole, inSandbox } from '#tests/context.ts'
import { centreForm } from './centre-form.server.ts'
import { saveCentre } from './save-centre.server.ts'

const centre = { ...defaultCentre(), name: 'Centre de l’Aude', departements: ['11', '34'], reminderHours: 24 }

test('les réglages s’enregistrent, tracés champ par champ ; sans rien de neuf, rien ne se trace', () =>
  inSandbox(async (ctx) => {
    const director = asRole(ctx, 'direction')
    expect(await saveCentre(director, centre)).toEqual({ ok: true, value: centre })
    expect(await saveCentre(director, centre)).toMatchObject({ ok: true })
    expect(await readCentre(ctx.db)).toEqual(centre)
    expect(await changesOf(ctx.db, 'centre', 'centre')).toMatchObject([
      {
        action: 'house.centre-updated',
        actorLabel: 'Camille Essai',
        fields: { name: ['Maillage', 'Centre de l’Aude'], departements: [[], ['11', '34']], reminderHours: [48, 24] },
      },
    ])
  }))

test('deux teintes qui ne se liraient pas sont refusées, avec une paire qui convient', () =>
  inSandbox(async (ctx) => {
    const refused = await saveCentre(ctx, { ...centre, hueBrand: 200, hueSecond: 205 })
    if (refused.ok || refused.error.type !== 'unreadable-hues') throw new Error('accepted')
    const { hueBrand, hueSecond } = refused.error.nearest
    expect(contrastOk(hueBrand, hueSecond)).toMatchObject({ ok: true })
    expect((await readCentre(ctx.db)).name).toBe('Maillage')
  }))

test('régler le centre demande le droit de le faire', () =>
  inSandbox(async (ctx) => {
    for (const role of ['charge-de-mission', 'communication', 'gestion', 'lecture'] as const)
      expect(await saveCentre(asRole(ctx, role), centre)).toEqual({ ok: false, error: { type: 'not-allowed' } })
  }))

const form = (changed: Record<string, string | string[]>) => {
  const sent = new FormData()
  const usual = { name: 'Centre', hueBrand: '38', hueSecond: '205', reminderHours: '48', departements: ['34'] }
  for (const [name, value] of Object.entries({ ...usual, ...changed }))
    for (const one of [value].flat()) sent.append(name, one)
  return checkForm(sent, centreForm)
}

test('le formulaire se lit, vides compris, et prend la paire proposée', () => {
  expect(form({ name: ' Centre  de\nl’Aude ', email: ' Contact@Example.org ' })).toMatchObject({
    ok: true,
    value: {
      name: 'Centre de l’Aude',
      email: 'contact@example.org',
      presentation: '',
      departements: ['34'],
      hueBrand: 38,
    },
  })
  expect(form({ departements: [] })).toMatchObject({ ok: true, value: { departements: [] } })
  expect(form({ nearest: '42-210' })).toMatchObject({ ok: true, value: { hueBrand: 42, hueSecond: 210 } })
})

test.each([
  ['name', ''],
  ['name', 'x'.repeat(121)],
  ['presentation', 'x'.repeat(601)],
  ['email', 'pas une adresse'],
  ['hueBrand', '361'],
  ['hueSecond', ''],
  ['hueSecond', 'rouge'],
  ['reminderHours', '-1'],
  ['reminderHours', '1000'],
  ['reminderHours', '2,5'],
  ['departements', 'Hérault'],
])('%s « %s » est refusé par une phrase à son champ', (name, value) => {
  const read = form({ [name]: value })
  if (read.ok) throw new Error('accepted')
  expect(Object.keys(read.error.errors)[0]!.split('.')[0]).toBe(name)
  expect(Object.values(read.error.errors)[0]![0]).toMatch(/^[A-ZÀ-Ý].*[.)]$/)
})
