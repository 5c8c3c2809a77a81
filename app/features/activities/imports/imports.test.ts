import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { AppContext } from '#app/platform/context.ts'
import { triedImport, undoneImport, writtenImport } from '#app/features/directory/fixtures.ts'
import { asRole, inSandbox } from '#tests/context.ts'
import { presencesKind } from './kind.server.ts'

const query = async (ctx: AppContext, text: ReturnType<typeof sql>) =>
  (await ctx.db.execute<Record<string, unknown>>(text)).rows

const outcomes = (ctx: AppContext, id: string) =>
  query(ctx, sql`select line, outcome from directory.import_row where import_id = ${id} order by line`)

const list = `Activité;Date;Horaire;Type;Lieu;Nom;Prénom;Mél;Structure;Fonction;Présence
Égalité : où en est-on ?;24/03/2021;9h30;Séminaire;Montpellier;VIDAL;Ana;ana@exemple.fr;Mairie de Lodève;Cheffe de projet;oui
Égalité : où en est-on ?;24 mars 2021;9h30;séminaire;Montpellier;Roux;Paul;paul@exemple.fr;;;excusé
ÉGALITÉ, où en est-on;24/03/2021;;Séminaire;;Vidal;Ana;ana@exemple.fr;;;
Visite;2021-05-04;;Journée d’étude;;Vidal;Ana;ana@exemple.fr;;;
Visite;2021-05-04;;Réunion secrète;;Roux;Paul;paul@exemple.fr;;;
`

test('les présences d’une année passée font leurs activités, leurs personnes et leurs chiffres, et s’annulent', () =>
  inSandbox(async (ctx) => {
    const id = await triedImport(ctx, presencesKind, list)
    expect(await outcomes(ctx, id)).toEqual([
      { line: 2, outcome: 'create' },
      { line: 3, outcome: 'create' },
      { line: 4, outcome: 'same' },
      { line: 5, outcome: 'create' },
      { line: 6, outcome: 'rejected' },
    ])
    await writtenImport(ctx, presencesKind, id)
    expect(
      await query(
        ctx,
        sql`select title, status, visibility, half_days, to_char(starts_at at time zone 'Europe/Paris', 'DD/MM HH24:MI') as starts,
        (select count(*)::int from activities.attendance n where n.activity_id = a.id) as listed from activities.activity a order by starts_at`,
      ),
    ).toEqual([
      {
        title: 'Égalité : où en est-on ?',
        status: 'published',
        visibility: 'internal',
        half_days: 1,
        starts: '24/03 09:30',
        listed: 2,
      },
      { title: 'Visite', status: 'published', visibility: 'internal', half_days: 1, starts: '04/05 09:00', listed: 1 },
    ])
    expect(
      await query(
        ctx,
        sql`select status, function, organisation_name as organisation, source from activities.attendance order by registered_at, status`,
      ),
    ).toEqual([
      { status: 'excused', function: null, organisation: null, source: 'import' },
      { status: 'present', function: 'Cheffe de projet', organisation: 'Mairie de Lodève', source: 'import' },
      // what is known of her that day, though this line did not say it
      { status: 'present', function: 'Cheffe de projet', organisation: 'Mairie de Lodève', source: 'import' },
    ])
    await undoneImport(ctx, presencesKind, id)
    expect(
      await query(
        ctx,
        sql`select (select count(*)::int from activities.activity) as activities, (select count(*)::int from directory.person) as people,
        (select count(*)::int from directory.organisation) as organisations`,
      ),
    ).toEqual([{ activities: 0, people: 0, organisations: 0 }])
  }))

test('la même liste envoyée deux fois ne compte personne deux fois', () =>
  inSandbox(async (ctx) => {
    await writtenImport(ctx, presencesKind, await triedImport(ctx, presencesKind, list))
    const again = await triedImport(ctx, presencesKind, list)
    expect((await outcomes(ctx, again)).map(({ outcome }) => outcome)).toEqual([
      'same',
      'same',
      'same',
      'same',
      'rejected',
    ])
  }))

test('une ligne par activité avec un nombre compte des personnes sans les nommer, une seule fois', () =>
  inSandbox(async (ctx) => {
    const rows =
      'Intitulé;Date;Type;Nb participants\nForum;12/06/2020;Journée d’étude;84\nForum 2;13/06/2020;Journée d’étude;beaucoup\nForum 3;13/06/2020;Journée d’étude;\n'
    const id = await triedImport(ctx, presencesKind, rows)
    expect((await outcomes(ctx, id)).map(({ outcome }) => outcome)).toEqual(['create', 'rejected', 'rejected'])
    await writtenImport(ctx, presencesKind, id)
    expect(await query(ctx, sql`select title, unidentified_count from activities.activity`)).toEqual([
      { title: 'Forum', unidentified_count: 84 },
    ])
    expect((await outcomes(ctx, await triedImport(ctx, presencesKind, rows)))[0]).toMatchObject({ outcome: 'same' })
  }))

test('qui ne peut pas écrire d’activités ne reprend pas celles d’un fichier', () =>
  inSandbox(async (ctx) => {
    await expect(triedImport(asRole(ctx, 'gestion'), presencesKind, list)).rejects.toThrow('not-allowed')
  }))
