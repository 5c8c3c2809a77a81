import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { AppContext } from '#app/platform/context.ts'
import type { ImportChoices, ImportKind } from '#app/platform/imports.ts'
import { asRole, inSandbox } from '#tests/context.ts'
import { checkImport, confirmImport, undoImport } from './change-import.server.ts'
import { runCheck } from './check-import.server.ts'
import { countsOf, importById } from './import-record.server.ts'
import { peopleKind } from './people-kind.server.ts'
import { runImport } from './run-import.server.ts'
import { startImport, usualChoices } from './start-import.server.ts'
import { runUndo } from './undo-import.server.ts'

const kinds: ImportKind[] = [peopleKind]

export function sent(text: string | Uint8Array, name = 'contacts.csv') {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'maillage-import-')), 'envoi')
  writeFileSync(file, text)
  return { path: file, name, size: text.length }
}

async function checked(ctx: AppContext, text: string, choices: Partial<ImportChoices> = {}) {
  const started = await startImport(ctx, { kind: peopleKind, file: sent(text) })
  if (!started.ok) throw new Error(JSON.stringify(started.error))
  const { id } = started.value
  const { mapping } = (await importById(ctx, id))!
  const asked = await checkImport(ctx, peopleKind, id, { mapping, choices: { ...usualChoices, ...choices } })
  if (!asked.ok) throw new Error(JSON.stringify(asked.error))
  await runCheck(ctx, kinds, id)
  return id
}

async function imported(ctx: AppContext, text: string, choices: Partial<ImportChoices> = {}) {
  const id = await checked(ctx, text, choices)
  await confirmImport(ctx, peopleKind, id)
  await runImport(ctx, kinds, id)
  return id
}

const peopleIn = async (ctx: AppContext) =>
  (
    await ctx.db.execute<Record<string, unknown>>(sql`
      select given_name as given, family_name as family, p.email, p.phone, coalesce(o.name, a.organisation_name) as organisation, function
      from directory.person p left join directory.affiliation a on a.person_id = p.id left join directory.organisation o on o.id = a.organisation_id
      order by p.sort_name, organisation`)
  ).rows

const list = `Nom;Prénom;Mél;Portable;Structure;Fonction
DE LA TOUR;JEAN-MARIE;jm@exemple.fr;06.12.34.56.78;Mairie de Lodève;Directeur
O'BRIEN;ana;ANA@exemple.fr;612345679;Mairie de Lodève;NULL
De la Tour;Jean Marie;jm@exemple.fr;;Association Cordia;Bénévole
Faux;Paul;paul@@exemple;;;
`

test('une liste est vérifiée sans rien écrire, puis reprise, puis annulée sans laisser de trace dans l’annuaire', () =>
  inSandbox(async (ctx) => {
    const id = await checked(ctx, list)
    expect(await countsOf(ctx.db, id)).toEqual({ create: 2, complete: 1, same: 0, doubtful: 0, rejected: 1 })
    expect(await peopleIn(ctx)).toEqual([])
    await confirmImport(ctx, peopleKind, id)
    await runImport(ctx, kinds, id)
    const la = { given: 'Jean-Marie', family: 'de La Tour', email: 'jm@exemple.fr', phone: '06 12 34 56 78' }
    expect(await peopleIn(ctx)).toEqual([
      { ...la, organisation: 'Association Cordia', function: 'Bénévole' },
      { ...la, organisation: 'Mairie de Lodève', function: 'Directeur' },
      {
        given: 'Ana',
        family: "O'Brien",
        email: 'ana@exemple.fr',
        phone: '06 12 34 56 79',
        organisation: 'Mairie de Lodève',
        function: null,
      },
    ])
    await undoImport(ctx, peopleKind, id)
    await runUndo(ctx, kinds, id)
    expect((await importById(ctx, id))?.state).toBe('undone')
    const { rows } = await ctx.db.execute(
      sql`select (select count(*) from directory.person)::int as people, (select count(*) from directory.organisation)::int as organisations`,
    )
    expect(rows).toEqual([{ people: 0, organisations: 0 }])
  }))

test('la lecture seule ne reprend aucun fichier', () =>
  inSandbox(async (ctx) => {
    expect(await startImport(asRole(ctx, 'lecture'), { kind: peopleKind, file: sent(list) })).toEqual({
      ok: false,
      error: { type: 'not-allowed' },
    })
  }))
