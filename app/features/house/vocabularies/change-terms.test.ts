import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { changesOf } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import { termOptions, termsOf } from '#app/platform/terms.server.ts'
import { asRole, inSandbox, withDatabase } from '#tests/context.ts'
import { addTerm, deleteTerm, moveTerm, restoreTerm, retireTerm, updateTerm } from './change-terms.server.ts'
import { listVocabularies, readVersion, readVocabulary } from './queries.server.ts'

const bare = { parentId: null, anct: null, perimeter: null }
const theme = (label: string) => ({ vocabulary: 'theme', label, ...bare })
const offered = async (ctx: AppContext, vocabulary: string) =>
  (await termsOf(ctx.db, vocabulary)).filter(({ retiredAt }) => !retiredAt).map(({ label }) => label)
const versionsOf = async (ctx: AppContext, key: string) =>
  (await readVocabulary(ctx, key))!.versions.map(({ version }) => version)

test('un thème s’ajoute, se renomme, se trace ; les mots d’avant restent lisibles', () =>
  inSandbox(async (ctx) => {
    const added = await addTerm(ctx, theme('Santé mentale'))
    expect(added).toEqual({ ok: true, value: { id: 'theme:sante-mentale' } })
    await updateTerm(ctx, { ...theme('Santé'), id: 'theme:sante-mentale' })
    expect((await offered(ctx, 'theme')).at(-1)).toBe('Santé')
    expect(await versionsOf(ctx, 'theme')).toEqual([3, 2, 1])
    expect((await readVersion(ctx, 'theme', 2))!.terms.at(-1)).toMatchObject({ label: 'Santé mentale', retired: false })
    expect(await changesOf(ctx.db, 'term', 'theme:sante-mentale')).toMatchObject([
      { action: 'house.term-updated', fields: { label: ['Santé mentale', 'Santé'] } },
      { action: 'house.term-added', fields: { label: [null, 'Santé mentale'] } },
    ])
    // the same words again: nothing happened
    await updateTerm(ctx, { ...theme('Santé'), id: 'theme:sante-mentale' })
    expect(await versionsOf(ctx, 'theme')).toEqual([3, 2, 1])
  }))

test('deux termes ne portent pas le même nom, aux accents près ; un nom retiré peut resservir', () =>
  inSandbox(async (ctx) => {
    expect(await addTerm(ctx, theme('EVALUATION'))).toEqual({ ok: false, error: { type: 'label-taken' } })
    await retireTerm(ctx, { vocabulary: 'theme', id: 'theme:evaluation' })
    expect(await addTerm(ctx, theme('Évaluation'))).toEqual({ ok: true, value: { id: 'theme:evaluation-2' } })
    expect(await restoreTerm(ctx, { vocabulary: 'theme', id: 'theme:evaluation' })).toEqual({
      ok: false,
      error: { type: 'label-taken' },
    })
  }))

test('l’ordre est celui que l’on donne', () =>
  inSandbox(async (ctx) => {
    const before = await offered(ctx, 'theme')
    await moveTerm(ctx, { vocabulary: 'theme', id: 'theme:culture', to: 'up' })
    const after = await offered(ctx, 'theme')
    expect(after.indexOf('Culture')).toBe(before.indexOf('Culture') - 1)
    await moveTerm(ctx, { vocabulary: 'theme', id: 'theme:culture', to: 'down' })
    expect(await offered(ctx, 'theme')).toEqual(before)
    await moveTerm(ctx, { vocabulary: 'theme', id: 'theme:education-citoyenne', to: 'up' })
    expect(await offered(ctx, 'theme')).toEqual(before)
  }))

test('un terme qui sert se retire, il ne s’efface pas ; celui qui ne sert pas s’efface', () =>
  inSandbox(async (ctx) => {
    const kind = { vocabulary: 'organisation', id: 'organisation:association' }
    await ctx.db.execute(sql`insert into directory.organisation (name, kind_id, created_at, updated_at)
      values ('Voisins', 'organisation:association', now(), now())`)
    expect(await deleteTerm(ctx, kind)).toEqual({ ok: false, error: { type: 'in-use' } })
    expect(await retireTerm(ctx, kind)).toMatchObject({ ok: true })
    expect(await offered(ctx, 'organisation')).not.toContain('Association')
    const kept = termOptions(await termsOf(ctx.db, 'organisation'), 'organisation:association')
    expect(kept.map(({ label }) => label)).toContain('Association')
    expect(await restoreTerm(ctx, kind)).toMatchObject({ ok: true })

    expect(await deleteTerm(ctx, { vocabulary: 'organisation', id: 'organisation:petr' })).toMatchObject({ ok: true })
    expect(await deleteTerm(ctx, { vocabulary: 'anct', id: 'anct:formation' })).toEqual({
      ok: false,
      error: { type: 'in-use' },
    })
  }))

test('deux niveaux de profils, pas trois ; une famille se retire vide', () =>
  inSandbox(async (ctx) => {
    const profile = (label: string, parentId: string | null) => ({ vocabulary: 'profil', label, ...bare, parentId })
    expect(await addTerm(ctx, profile('Maire', 'profil:elus'))).toMatchObject({ ok: true })
    for (const parentId of ['profil:elu', 'profil:inconnu', 'theme:culture'])
      expect(await addTerm(ctx, profile('Adjoint', parentId))).toEqual({ ok: false, error: { type: 'bad-parent' } })
    expect(await updateTerm(ctx, { ...profile('Élu·es', 'profil:etat'), id: 'profil:elus' })).toEqual({
      ok: false,
      error: { type: 'bad-parent' },
    })
    expect(await retireTerm(ctx, { vocabulary: 'profil', id: 'profil:elus' })).toEqual({
      ok: false,
      error: { type: 'has-children' },
    })
    for (const id of ['profil:elu', 'profil:maire', 'profil:elus'])
      expect(await retireTerm(ctx, { vocabulary: 'profil', id })).toMatchObject({ ok: true })
    expect(await restoreTerm(ctx, { vocabulary: 'profil', id: 'profil:maire' })).toEqual({
      ok: false,
      error: { type: 'bad-parent' },
    })
  }))

test('un type d’activité dit où il se compte', () =>
  inSandbox(async (ctx) => {
    const kind = {
      vocabulary: 'activite',
      label: 'Visite',
      parentId: null,
      anct: 'information',
      perimeter: 'collectif',
    }
    expect(await addTerm(ctx, { ...kind, anct: null })).toEqual({ ok: false, error: { type: 'bad-anct' } })
    expect(await addTerm(ctx, { ...kind, anct: 'inconnu' })).toEqual({ ok: false, error: { type: 'bad-anct' } })
    expect(await addTerm(ctx, { ...kind, perimeter: 'ailleurs' })).toEqual({
      ok: false,
      error: { type: 'bad-perimeter' },
    })
    expect(await addTerm(ctx, kind)).toMatchObject({ ok: true })
    const visit = (await termsOf(ctx.db, 'activite')).find(({ label }) => label === 'Visite')
    expect(visit!.attributes).toEqual({ anct: 'information', perimeter: 'collectif' })
  }))

test('sans le droit, rien ne bouge et rien ne se lit', () =>
  inSandbox(async (ctx) => {
    const outsider = asRole(ctx, 'communication')
    const refused = { ok: false, error: { type: 'not-allowed' } }
    const id = { vocabulary: 'theme', id: 'theme:culture' }
    expect(await addTerm(outsider, theme('Sport'))).toEqual(refused)
    expect(await updateTerm(outsider, { ...theme('Sport'), ...id })).toEqual(refused)
    expect(await moveTerm(outsider, { ...id, to: 'up' })).toEqual(refused)
    for (const work of [retireTerm, restoreTerm, deleteTerm]) expect(await work(outsider, id)).toEqual(refused)
    expect(await listVocabularies(outsider)).toEqual([])
    expect(await readVocabulary(outsider, 'theme')).toBeNull()
    expect(await readVersion(outsider, 'theme', 1)).toBeNull()
    expect(await addTerm(ctx, { ...theme('x'), vocabulary: 'inconnu' })).toEqual({
      ok: false,
      error: { type: 'unknown-vocabulary' },
    })
    expect(await moveTerm(ctx, { vocabulary: 'theme', id: 'theme:inconnu', to: 'up' })).toEqual({
      ok: false,
      error: { type: 'unknown-term' },
    })
  }))

test('deux changements à la fois se suivent : chacun sa version', () =>
  withDatabase(async (ctx) => {
    await Promise.all(['Sport', 'Numérique', 'Santé', 'Sport'].map((label) => addTerm(ctx, theme(label))))
    expect(await versionsOf(ctx, 'theme')).toEqual([4, 3, 2, 1])
    expect((await offered(ctx, 'theme')).filter((label) => label === 'Sport')).toHaveLength(1)
  }))
