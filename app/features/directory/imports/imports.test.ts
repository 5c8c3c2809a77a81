import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import type { AppContext } from '#app/platform/context.ts'
import { toCsv } from '#app/platform/export.server.ts'
import { as, asRole, asVisitor, at, freshDatabase, inSandbox, contextFor } from '#tests/context.ts'
import { openDatabase } from '#app/platform/database.server.ts'
import { addedPerson } from '../fixtures.ts'
import { updatePerson } from '../update-person.server.ts'
import { abandonImport, chooseSheet, confirmImport, reworkImport, undoImport } from './change-import.server.ts'
import { clearImports } from './clear-imports.server.ts'
import { countImports, countsOf, importById, latestImports } from './import-record.server.ts'
import { organisationsKind } from './organisations-kind.server.ts'
import { affiliationsKind, peopleKind } from './people-kind.server.ts'
import { doubtsOf, importView, keptOf, problemsOf } from './read-import.server.ts'
import { rejectsOf } from './rejects.server.ts'
import { runImport } from './run-import.server.ts'
import { settleAll, settleDoubts } from './settle-doubts.server.ts'
import { startImport } from './start-import.server.ts'
import { sentFile, triedImport, undoneImport, writtenImport } from './trial.ts'

const head = 'Nom;Prénom;Mél;Portable;Structure;Fonction\n'
const list = `${head}DE LA TOUR;JEAN-MARIE;jm@exemple.fr;06.12.34.56.78;Mairie de Lodève;Directeur
O'BRIEN;ana;ANA@exemple.fr;612345679;Mairie de Lodève;NULL
De la Tour;Jean Marie;jm@exemple.fr;;Association Cordia;Bénévole
Faux;Paul;paul@@exemple;;;
`

const query = async <Row extends Record<string, unknown>>(ctx: AppContext, text: ReturnType<typeof sql>) =>
  (await ctx.db.execute<Row>(text)).rows

const peopleIn = (ctx: AppContext) =>
  query<Record<string, unknown>>(
    ctx,
    sql`select given_name as given, family_name as family, p.email, p.phone, coalesce(o.name, a.organisation_name) as organisation, function
      from directory.person p left join directory.affiliation a on a.person_id = p.id left join directory.organisation o on o.id = a.organisation_id
      order by p.sort_name, organisation`,
  )

const sizes = async (ctx: AppContext) =>
  (
    await query<{ people: number; organisations: number }>(
      ctx,
      sql`select (select count(*)::int from directory.person) as people, (select count(*)::int from directory.organisation) as organisations`,
    )
  )[0]!

const none = { create: 0, complete: 0, same: 0, doubtful: 0, rejected: 0 }

test('une liste est essayée sans rien écrire, reprise, puis annulée sans rien laisser dans l’annuaire', () =>
  inSandbox(async (ctx) => {
    const id = await triedImport(ctx, peopleKind, list)
    expect(await countsOf(ctx.db, id)).toEqual({ ...none, create: 2, complete: 1, rejected: 1 })
    expect(await sizes(ctx)).toEqual({ people: 0, organisations: 0 })
    await writtenImport(ctx, peopleKind, id)
    const tour = { given: 'Jean-Marie', family: 'de La Tour', email: 'jm@exemple.fr', phone: '06 12 34 56 78' }
    expect(await peopleIn(ctx)).toEqual([
      { ...tour, organisation: 'Association Cordia', function: 'Bénévole' },
      { ...tour, organisation: 'Mairie de Lodève', function: 'Directeur' },
      {
        given: 'Ana',
        family: "O'Brien",
        email: 'ana@exemple.fr',
        phone: '06 12 34 56 79',
        organisation: 'Mairie de Lodève',
        function: null,
      },
    ])
    const traces = await query(
      ctx,
      sql`select from platform.change where action = 'directory.person-added' and request_id = ${`import ${id}`}`,
    )
    expect(traces).toHaveLength(2)
    await undoneImport(ctx, peopleKind, id)
    expect(await sizes(ctx)).toEqual({ people: 0, organisations: 0 })
    expect(await keptOf(ctx.db, id)).toEqual([])
  }))

test('une personne connue est complétée sans rien perdre, et l’annulation ne vide que ce qui avait été rempli', () =>
  inSandbox(async (ctx) => {
    await addedPerson(ctx, {
      givenName: 'Ana',
      familyName: 'O’Brien',
      email: 'ana@exemple.fr',
      phone: null,
      note: 'Appelle le lundi',
    })
    const id = await triedImport(
      ctx,
      peopleKind,
      `${head.trim()};Note\nO'BRIEN;ANA;ana@exemple.fr;0612345679;;;Autre note\n`,
    )
    expect(await countsOf(ctx.db, id)).toEqual({ ...none, complete: 1 })
    await writtenImport(ctx, peopleKind, id)
    const person = () => query(ctx, sql`select family_name, phone, note from directory.person`)
    expect(await person()).toEqual([{ family_name: 'O’Brien', phone: '06 12 34 56 79', note: 'Appelle le lundi' }])
    await undoneImport(ctx, peopleKind, id)
    expect(await person()).toEqual([{ family_name: 'O’Brien', phone: null, note: 'Appelle le lundi' }])
  }))

test('deux personnes peuvent partager une adresse, une initiale fait douter, et l’on décide', () =>
  inSandbox(async (ctx) => {
    const michel = await addedPerson(ctx, {
      givenName: 'Michel',
      familyName: 'Garric',
      email: 'accueil@exemple.fr',
    })
    const rows = 'Garric;Michèle;accueil@exemple.fr;;;\nGarric;M.;accueil@exemple.fr;0612345678;;\n'
    const id = await triedImport(ctx, peopleKind, head + rows)
    expect(await countsOf(ctx.db, id)).toEqual({ ...none, create: 1, doubtful: 1 })
    expect((await problemsOf(ctx.db, peopleKind, id)).map(({ sentence }) => sentence)).toContain(
      'Cette adresse est aussi celle de Michel Garric\u202f: deux personnes distinctes.',
    )
    const [doubt] = await doubtsOf(ctx.db, peopleKind, id, 0)
    expect(doubt).toMatchObject({ line: 3, candidates: [{ id: michel }] })
    const decide = (recordId: string) => settleDoubts(ctx, peopleKind, id, [{ line: 3, decision: 'same', recordId }])
    // somebody who was not proposed is no answer
    await decide('00000000-0000-4000-8000-000000000009')
    expect((await doubtsOf(ctx.db, peopleKind, id, 0))[0]!.decision).toBeNull()
    await decide(michel)
    await writtenImport(ctx, peopleKind, id)
    expect(await query(ctx, sql`select given_name, phone from directory.person order by given_name`)).toEqual([
      { given_name: 'Michel', phone: '06 12 34 56 78' },
      { given_name: 'Michèle', phone: null },
    ])
  }))

test('chaque manière de traiter les personnes connues est suivie', () =>
  inSandbox(async (ctx) => {
    await addedPerson(ctx, { givenName: 'Ana', familyName: 'Vidal', email: 'ana@exemple.fr', phone: null })
    const rows = `${head}Vidal;Ana;ana@exemple.fr;0612345678;;\nVIDAL;Ana;;;;\n`
    const counted = async (choices: Parameters<typeof triedImport>[3]) =>
      countsOf(ctx.db, await triedImport(ctx, peopleKind, rows, choices))
    expect(await counted({ known: 'fill' })).toEqual({ ...none, complete: 1, create: 1 })
    expect(await counted({ known: 'keep' })).toEqual({ ...none, same: 1, create: 1 })
    expect(await counted({ known: 'ask' })).toEqual({ ...none, doubtful: 1, create: 1 })
    expect(await counted({ known: 'new' })).toEqual({ ...none, create: 2 })
    expect(await counted({ known: 'fill', matching: 'name' })).toEqual({ ...none, complete: 1, same: 1 })
    const asked = await triedImport(ctx, peopleKind, rows, { known: 'ask' })
    await settleAll(ctx, peopleKind, asked, 'out')
    await writtenImport(ctx, peopleKind, asked)
    expect((await sizes(ctx)).people).toBe(2)
  }))

test('un accord n’est repris qu’avec sa date, un refus l’est toujours', () =>
  inSandbox(async (ctx) => {
    const rows =
      'Nom;Prénom;Newsletter;Date consentement;Origine\nVidal;Ana;oui;12/03/2021;Sur papier\nRoux;Paul;oui;;\nFabre;Lou;non;;\n'
    const id = await writtenImport(ctx, peopleKind, await triedImport(ctx, peopleKind, rows))
    expect(
      await query(
        ctx,
        sql`select family_name, given, how, (at at time zone 'Europe/Paris')::date::text as day from directory.consent c
        join directory.person p on p.id = c.person_id order by family_name`,
      ),
    ).toEqual([
      { family_name: 'Fabre', given: false, how: 'import', day: '2022-11-24' },
      { family_name: 'Vidal', given: true, how: 'paper', day: '2021-03-12' },
    ])
    expect((await problemsOf(ctx.db, peopleKind, id)).map(({ sentence }) => sentence)).toContain(
      'Un accord sans date ne se prouve pas\u202f: il n’est pas repris.',
    )
  }))

test('le fichier des rejets, corrigé, se renvoie tel quel avec ses colonnes déjà comprises', () =>
  inSandbox(async (ctx) => {
    const id = await writtenImport(ctx, peopleKind, await triedImport(ctx, peopleKind, list))
    const rejects = await rejectsOf(ctx, [peopleKind], id, 'csv')
    if (!rejects.ok) throw new Error()
    const text = toCsv(rejects.value.columns, rejects.value.rows)
    expect(text).toContain('L’adresse électronique « paul@@exemple » n’est pas valable.')
    const again = await triedImport(ctx, peopleKind, text.replace('paul@@exemple;', 'paul@exemple.fr;'))
    expect((await importById(ctx, again))!.mapping).toEqual((await importById(ctx, id))!.mapping)
    expect(await countsOf(ctx.db, again)).toEqual({ ...none, create: 1 })
  }))

test('l’annulation laisse ce que quelqu’un a modifié ou ce qui sert ailleurs, et le dit', () =>
  inSandbox(async (ctx) => {
    const id = await writtenImport(
      ctx,
      peopleKind,
      await triedImport(ctx, peopleKind, `${list}Roux;Lou;lou@exemple.fr;;;\nSoler;Inès;ines@exemple.fr;;;\n`),
    )
    const [ana] = await query<{ id: string }>(ctx, sql`select id from directory.person where given_name = 'Ana'`)
    await updatePerson(ctx, ana!.id, {
      givenName: 'Ana',
      familyName: 'O’Brien',
      email: 'ana@exemple.fr',
      phone: null,
      departementId: null,
      note: null,
    })
    await ctx.db.execute(sql`
      update directory.person set merged_into_id = (select id from directory.person where given_name = 'Inès') where given_name = 'Lou'`)
    await undoneImport(ctx, peopleKind, id)
    expect(await query(ctx, sql`select given_name from directory.person order by 1`)).toEqual([
      { given_name: 'Ana' },
      { given_name: 'Inès' },
      { given_name: 'Lou' },
    ])
    expect((await keptOf(ctx.db, id)).map(({ entity, fate, count }) => ({ entity, fate, count }))).toEqual([
      { entity: 'affiliation', fate: 'used', count: 1 },
      { entity: 'organisation', fate: 'used', count: 1 },
      { entity: 'person', fate: 'changed', count: 2 },
      { entity: 'person', fate: 'used', count: 1 },
    ])
  }))

test('les organisations se reconnaissent à leur SIRET puis à leur nom, un SIRET faux est rejeté', () =>
  inSandbox(async (ctx) => {
    const rows =
      'Structure;SIRET;Type;Site\nMairie de Lodève;810 145 272 00011;;lodeve.fr\nMAIRIE DE LODÈVE;;;\nCordia;81014527200028;;\nSIREN seul;810145272;;\n'
    const id = await triedImport(ctx, organisationsKind, rows)
    expect(await countsOf(ctx.db, id)).toEqual({ ...none, create: 2, complete: 1, rejected: 1 })
    await writtenImport(ctx, organisationsKind, id)
    expect(await query(ctx, sql`select name, siret, website from directory.organisation order by name`)).toEqual([
      { name: 'Mairie de Lodève', siret: '81014527200011', website: 'https://lodeve.fr' },
      { name: 'SIREN seul', siret: null, website: null },
    ])
    expect(await countsOf(ctx.db, await triedImport(ctx, organisationsKind, rows))).toEqual({
      ...none,
      same: 3,
      rejected: 1,
    })
  }))

test('les situations gardent leurs dates, et une fin avant le début est rejetée', () =>
  inSandbox(async (ctx) => {
    const rows =
      'Nom;Prénom;Structure;Fonction;Depuis;Date de fin\nVidal;Ana;Mairie;Agente;01/09/2019;31 août 2021\nVidal;Ana;Département;Cheffe;sept. 2021;\nRoux;Lou;Mairie;;02/2022;01/01/2020\nRoux;Lou;Mairie;;2022-01-02;2020-01-01\n'
    const id = await triedImport(ctx, affiliationsKind, rows, { matching: 'name' })
    expect(await countsOf(ctx.db, id)).toEqual({ ...none, create: 1, rejected: 3 })
    await writtenImport(ctx, affiliationsKind, id)
    expect(
      await query(ctx, sql`select function, valid_from::text as from, valid_to::text as to from directory.affiliation`),
    ).toEqual([{ function: 'Agente', from: '2019-09-01', to: '2021-08-31' }])
  }))

const letters = (i: number) => [...String(i)].map((digit) => 'abcdefghij'[Number(digit)]).join('')

test('un processus tué en pleine reprise la laisse à reprendre où elle en était, sans double ni moitié de lot', async () => {
  const { connection, drop } = await freshDatabase()
  const handle = openDatabase(connection, { max: 4 })
  const rows = Array.from(
    { length: 2500 },
    (_, i) => `Nom${letters(i)};Prénom;p${i}@exemple.fr;;Structure ${i % 50};Agent`,
  )
  const folder = path.dirname(sentFile('').path)
  const ctx = contextFor(handle.db, { filesDir: folder })
  try {
    const id = await triedImport(ctx, peopleKind, head + rows.join('\n'))
    await confirmImport(ctx, peopleKind, id)
    const child = fork(path.join(import.meta.dirname, 'run-process.ts'), [JSON.stringify(connection), id], {
      stdio: 'ignore',
    })
    const ended = once(child, 'exit')
    const written = async () =>
      (
        await query<{ n: number }>(
          ctx,
          sql`select count(*)::int as n from directory.import_row where written_at is not null`,
        )
      )[0]!.n
    await vi.waitFor(async () => expect(await written()).toBeGreaterThan(0), { timeout: 20_000, interval: 5 })
    child.kill('SIGKILL')
    await ended
    const before = await written()
    expect(before % 1000).toBe(0)
    expect(before).toBeLessThan(2500)
    expect((await sizes(ctx)).people).toBe(before)
    await runImport(ctx, [peopleKind], id)
    expect(await sizes(ctx)).toEqual({ people: 2500, organisations: 50 })
    expect((await importById(ctx, id))!.state).toBe('done')
  } finally {
    await handle.close()
    await drop()
  }
}, 60_000)

test('un fichier illisible à sa dernière ligne n’écrit rien et dit pourquoi', () =>
  inSandbox(async (ctx) => {
    const id = await triedImport(ctx, peopleKind, `${head}${'Vidal;Ana;;;;\n'.repeat(3000)}"Roux;Lou\n`)
    expect(await importById(ctx, id)).toMatchObject({
      state: 'refused',
      refusal: 'Ligne 3002\u202f: un guillemet s’ouvre et ne se referme jamais. Ôtez-le, puis recommencez.',
    })
    expect(await countsOf(ctx.db, id)).toEqual(none)
  }))

test('les lignes sont oubliées au bout de deux mois, les brouillons au bout d’une semaine', () =>
  inSandbox(async (ctx) => {
    const id = await writtenImport(ctx, peopleKind, await triedImport(ctx, peopleKind, list))
    const draft = await triedImport(ctx, peopleKind, list)
    await clearImports(at(ctx, '2023-02-01T09:00:00Z'))
    expect(await importById(ctx, draft)).toBeNull()
    expect(
      await query(
        ctx,
        sql`select count(*)::int as n from directory.import_row where said is not null or cells <> '{}'`,
      ),
    ).toEqual([{ n: 0 }])
    expect(await undoImport(ctx, peopleKind, id)).toEqual({ ok: false, error: { type: 'too-late' } })
  }))

test('qui n’en a pas le droit ne reprend rien, ne voit rien, ne décide rien', () =>
  inSandbox(async (ctx) => {
    const id = await triedImport(ctx, peopleKind, list)
    const reader = asRole(ctx, 'lecture')
    expect(await startImport(reader, { kind: peopleKind, file: sentFile(list) })).toEqual({
      ok: false,
      error: { type: 'not-allowed' },
    })
    expect(await importById(reader, id)).toBeNull()
    expect(await latestImports(reader, { offset: 0, limit: 10 })).toEqual([])
    expect(await countImports(reader)).toBe(0)
    const refused = { ok: false, error: { type: 'not-found' } }
    expect(await rejectsOf(reader, [peopleKind], id, 'csv')).toEqual(refused)
    expect(await settleAll(reader, peopleKind, id, 'new')).toEqual(refused)
    expect(await settleDoubts(reader, peopleKind, id, [])).toEqual(refused)
    for (const gesture of [confirmImport, undoImport, reworkImport, abandonImport])
      expect(await gesture(asVisitor(ctx), peopleKind, id)).toEqual(refused)
    expect(await chooseSheet(reader, peopleKind, id, { sheet: null })).toEqual(refused)
    // may import, but not write people
    const half = as(ctx, { ...ctx.actor, permissions: new Set(['directory:import'] as const) })
    expect(await confirmImport(half, peopleKind, id)).toEqual({ ok: false, error: { type: 'not-allowed' } })
    expect(await settleAll(half, peopleKind, id, 'new')).toEqual({ ok: false, error: { type: 'not-allowed' } })
    expect(await rejectsOf(half, [peopleKind], id, 'csv')).toEqual({ ok: false, error: { type: 'not-allowed' } })
  }))

test('un geste qui ne vient pas à son heure ne fait rien', () =>
  inSandbox(async (ctx) => {
    const id = await triedImport(ctx, peopleKind, list)
    expect(await undoImport(ctx, peopleKind, id)).toEqual({ ok: false, error: { type: 'not-now', state: 'checked' } })
    await reworkImport(ctx, peopleKind, id)
    expect(await confirmImport(ctx, peopleKind, id)).toEqual({ ok: false, error: { type: 'not-now', state: 'draft' } })
    const view = await importView(ctx, peopleKind, (await importById(ctx, id))!, { page: 1 })
    expect(view.preview).toMatchObject({ sheets: [] })
    await abandonImport(ctx, peopleKind, id)
    expect(await importById(ctx, id)).toBeNull()
  }))
