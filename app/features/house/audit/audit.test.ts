import { expect, test } from 'vitest'
import { recordChange } from '#app/platform/changes.server.ts'
import { type AppContext, systemActor } from '#app/platform/context.ts'
import { as, asRole, asVisitor, at, inSandbox } from '#tests/context.ts'
import { countTrail, readTrail } from './queries.server.ts'
import { listTrail } from './trail-list.server.ts'

const all = { who: '', entities: [], from: null, to: null }
const nobody = '00000000-0000-4000-8000-00000000000b'

async function fill(ctx: AppContext) {
  const write = (when: string, who: string, change: Parameters<typeof recordChange>[2]) =>
    recordChange(ctx.db, as(at(ctx, when), systemActor(who)), change)
  await write('2022-11-01T10:00:00Z', 'Zoé Ferrand', {
    action: 'activities.updated',
    entity: 'activity',
    entityId: nobody,
    fields: {
      status: ['draft', 'published'],
      capacityOnsite: [null, 40],
      mainThemeId: [null, 'theme:culture'],
      waitingList: [true, false],
    },
  })
  // 23:30 in Paris on the 2nd
  await write('2022-11-02T22:30:00Z', 'Amédée Roux', {
    action: 'house.term-retired',
    entity: 'term',
    entityId: 'theme:culture',
  })
  await write('2022-11-03T08:00:00Z', 'Amédée Roux', {
    action: 'nouvelle.chose',
    entity: 'inconnue',
    entityId: 'x',
    fields: { mystere: [null, nobody], startsAt: [null, '2022-11-24T08:30:00.000Z'] },
  })
}

const list = async (ctx: AppContext, query: string) => {
  const read = await listTrail(ctx, new URLSearchParams(query))
  return read.ok ? read.value.rows.map(({ what }) => what) : read.error
}

test('le journal dit tout en français, champ par champ, noms compris', () =>
  inSandbox(async (ctx) => {
    await fill(ctx)
    const [unknown, retired, updated] = await readTrail(ctx, all, { limit: 10 })
    expect(updated).toMatchObject({
      who: 'Zoé Ferrand',
      what: 'Fiche modifiée',
      about: 'Activité',
      href: null,
    })
    expect(updated!.changes.toSorted((a, b) => a.field.localeCompare(b.field, 'fr'))).toEqual([
      { field: 'État', before: 'Brouillon', after: 'Publiée' },
      { field: 'Liste d’attente', before: 'oui', after: 'non' },
      { field: 'Places sur place', before: '', after: '40' },
      { field: 'Thème principal', before: '', after: 'Culture' },
    ])
    expect(retired).toMatchObject({ what: 'Terme retiré', about: 'Culture', href: '/bureau/vocabulaires/theme' })
    expect(unknown).toMatchObject({ what: 'Autre changement', about: 'Autre fiche', href: null })
    expect(unknown!.changes[0]).toEqual({ field: 'Autre champ', before: '', after: 'une fiche effacée' })
    expect(unknown!.changes[1]!.after).toMatch(/24\snovembre\s2022,\s9\sh\s30/)
  }))

test('les attributs d’un terme se lisent ; ce qui ne change pas ne se dit pas', () =>
  inSandbox(async (ctx) => {
    await recordChange(ctx.db, ctx, {
      action: 'house.term-updated',
      entity: 'term',
      entityId: 'activite:atelier',
      fields: { attributes: [{}, { anct: 'formation', perimeter: 'appui' }], parentId: [null, ''] },
    })
    const [entry] = await readTrail(ctx, all, { limit: 1 })
    expect(entry).toMatchObject({
      about: 'Atelier',
      changes: [{ field: 'Se compte dans', before: '', after: 'Formations, Appui aux territoires, compté à part' }],
    })
  }))

test('il se filtre par auteur, par fiche et par jour de Paris', () =>
  inSandbox(async (ctx) => {
    await fill(ctx)
    expect(await list(ctx, 'q=amedee')).toEqual(['Autre changement', 'Terme retiré'])
    expect(await list(ctx, 'fiche=activity')).toEqual(['Fiche modifiée'])
    expect(await list(ctx, 'du=2022-11-02&au=2022-11-02')).toEqual(['Terme retiré'])
    expect(await list(ctx, 'du=02/11/2022')).toEqual(['Autre changement', 'Terme retiré'])
    expect(await list(ctx, 'du=31/02/2022')).toMatchObject({ type: 'unknown-filter', param: 'du' })
    expect(await list(ctx, 'fiche=licorne')).toMatchObject({ type: 'unknown-filter' })
    expect(await list(ctx, 'page=7')).toMatchObject({ type: 'page-out-of-range' })
    expect(await list(ctx, 'q=_')).toEqual([])
  }))

test('il ne se lit pas sans le droit', () =>
  inSandbox(async (ctx) => {
    await fill(ctx)
    for (const outsider of [asVisitor(ctx), asRole(ctx, 'lecture')]) {
      expect(await readTrail(outsider, all, { limit: 10 })).toEqual([])
      expect(await countTrail(outsider, all)).toBe(0)
    }
    expect(await countTrail(asRole(ctx, 'gestion'), all)).toBe(3)
  }))
