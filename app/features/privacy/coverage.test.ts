import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { AppContext } from '#app/platform/context.ts'
import { allPersonalData } from '../../personal-data.server.ts'
import { inSandbox } from '../../../tests/context.ts'

const told = Object.assign(
  {},
  ...allPersonalData.map(({ tables }) => tables),
) as (typeof allPersonalData)[number]['tables']

/**
 * Columns that look as if they held somebody, and do not, or not for long: each with its reason. A new one fails the test until
 * somebody has thought of it: a declaration (personal-data.server.ts of its feature), or a line here.
 */
const nobody: Record<string, string> = {
  'activities.question.label': 'une question, pas une réponse',
  'api.token.name': 'd’un programme',
  'api.webhook.name': 'd’un programme',
  'directory.organisation.name': 'une organisation',
  'directory.organisation.email': 'd’une organisation',
  'directory.organisation.phone': 'd’une organisation',
  'platform.file.name': 'd’un document d’activité',
  'platform.file.uploaded_by': 'un identifiant de compte, qui ne mène plus à rien une fois le compte effacé',
  'platform.outbox.name': 'd’un événement',
  'platform.progress.label': 'd’un travail, effacé en trente jours',
  'platform.schedule.name': 'd’une tâche',
  'platform.term.label': 'd’un vocabulaire',
  'territory.former_name.name': 'd’un territoire',
  'territory.territory.name': 'd’un territoire',
}

async function columnsOf(ctx: AppContext): Promise<Map<string, string[]>> {
  const { rows } = await ctx.db.execute<{ name: string; columns: string[] }>(sql`
    select table_schema || '.' || table_name as name, array_agg(column_name::text order by ordinal_position) as columns
    from information_schema.columns join information_schema.tables using (table_schema, table_name)
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema', 'pgboss', 'drizzle', 'public')
    group by 1`)
  return new Map(rows.map(({ name, columns }) => [name, columns]))
}

/** Tables that lead to a person through foreign keys, however far. */
async function tablesOfPeople(ctx: AppContext): Promise<string[]> {
  const { rows } = await ctx.db.execute<{ name: string }>(sql`
    with recursive keys as (
      select distinct conrelid as child, confrelid as parent from pg_constraint where contype = 'f' and conrelid <> confrelid
    ), reached as (
      select 'directory.person'::regclass::oid as id
      union select k.child from keys k join reached r on r.id = k.parent
        -- what hangs on an activity is of the activity, unless it also hangs on a person or a presence
        where k.parent <> 'activities.activity'::regclass
    )
    select n.nspname || '.' || c.relname as name from reached r join pg_class c on c.oid = r.id join pg_namespace n on n.oid = c.relnamespace`)
  return rows.map(({ name }) => name)
}

test('chaque table reliée à une personne est déclarée par la fonction à qui elle est', () =>
  inSandbox(async (ctx) => {
    const missing = (await tablesOfPeople(ctx)).filter((name) => !(name in told) && !(name in nobody))
    expect(missing).toEqual([])
  }))

test('chaque colonne qui a l’air de nommer quelqu’un est déclarée, ou dite de personne avec sa raison', () =>
  inSandbox(async (ctx) => {
    const suspicious =
      /(^|_)(person|email|phone|given|family|full_name|to_name|to_address|label|by|signature|participant|name)(_|$)/
    const found = [...(await columnsOf(ctx))].flatMap(([table, columns]) =>
      columns
        .filter((column) => suspicious.test(column) && !(table in told))
        .map((column) => `${table}.${column}`)
        .filter((column) => !(column in nobody)),
    )
    expect(found).toEqual([])
  }))

test('chaque déclaration dit ce que devient chaque colonne de ses tables', () =>
  inSandbox(async (ctx) => {
    const columns = await columnsOf(ctx)
    for (const [table, fate] of Object.entries(told)) {
      expect(columns.has(table), table).toBe(true)
      if (fate === 'deleted' || fate.kept === 'the-rest') continue
      expect([table, [...fate.erased, ...fate.kept].toSorted()]).toEqual([table, columns.get(table)!.toSorted()])
    }
  }))
