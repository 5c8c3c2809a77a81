import { type SQL, sql } from 'drizzle-orm'
import { type AppContext, can } from '#app/platform/context.ts'
import { checkPage, type ListParamsError, type ListRules, type ListState } from '#app/platform/list-params.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { departementOptions } from './departements.server.ts'
import { territoryKindLabels } from './labels.ts'
import { type TerritoryKind, territoryKinds } from './schema.server.ts'

export interface TerritoryLine extends Record<string, unknown> {
  id: string
  kind: TerritoryKind
  code: string
  name: string
  departement: string | null
  population: number | null
  /** Quartiers prioritaires it holds, of the list in force or, failing that, of the last one loaded. */
  qpv: number
  endedOn: string | null
}

export async function territoryRules(ctx: AppContext) {
  const departements = await departementOptions(ctx)
  const kinds = territoryKinds.map((kind) => ({ value: kind, label: territoryKindLabels[kind] }))
  const rules: ListRules = {
    sortable: ['nom', 'code', 'population', 'quartiers'],
    defaultSort: { key: 'nom', direction: 'asc' },
    filters: {
      nature: kinds.map(({ value }) => value),
      departement: departements.map(({ value }) => value),
    },
  }
  return { rules, offered: { departements, kinds } }
}

type ListError = { type: 'not-allowed' } | ListParamsError

export async function listTerritories(
  ctx: AppContext,
  state: ListState,
): Promise<Result<{ rows: TerritoryLine[]; total: number }, ListError>> {
  if (!can(ctx.actor, 'territory:read')) return err({ type: 'not-allowed' })
  const where = conditions(state)
  const counted = await ctx.db.execute<{ n: number }>(
    sql`select count(*)::int as n from territory.territory t where ${where}`,
  )
  const total = counted.rows[0]!.n
  const page = checkPage(state, total)
  if (!page.ok) return page
  return ok({ rows: await lines(ctx, state, where, page.value), total })
}

/** Public data: exported whole, by whoever may read it. */
export async function exportTerritories(
  ctx: AppContext,
  state: ListState,
): Promise<Result<TerritoryLine[], { type: 'not-allowed' }>> {
  if (!can(ctx.actor, 'territory:read')) return err({ type: 'not-allowed' })
  return ok(await lines(ctx, state, conditions(state), { limit: 100_000, offset: 0 }))
}

/** Without any filter, the territories of the centre's trade: communes come when they are asked for. */
function conditions({ q, filters }: ListState): SQL {
  const { nature = [], departement = [] } = filters
  const all = [
    nature.length > 0 ? sql`t.kind in ${nature}` : q === '' ? sql`t.kind <> 'commune'` : sql`true`,
    departement.length > 0
      ? sql`(t.departement_code in ${departement.map((id) => id.replace('dep-', ''))} or exists (
      select from territory.link l where l.child_id = t.id and l.parent_id in ${departement}))`
      : sql`true`,
    q === ''
      ? sql`true`
      : sql`t.search like all (
      select '%' || word || '%' from unnest(string_to_array(platform.normalise(${q}), ' ')) word)`,
  ]
  return sql.join(all, sql` and `)
}

const orders: Record<string, SQL> = {
  nom: sql`platform.normalise(t.name)`,
  code: sql`t.code`,
  population: sql`t.population`,
  quartiers: sql`qpv`,
}

async function lines(
  ctx: AppContext,
  { sort }: ListState,
  where: SQL,
  { limit, offset }: { limit: number; offset: number },
) {
  const direction = sort.direction === 'asc' ? sql`asc` : sql`desc`
  const { rows } = await ctx.db.execute<TerritoryLine>(sql`
    select t.id, t.kind, t.code, t.name, t.population::int as population, t.valid_to::text as "endedOn",
      (select d.code || ' – ' || d.name from territory.territory d where d.kind = 'departement' and d.code = t.departement_code and d.id <> t.id) as departement,
      (select count(distinct l.child_id)::int from territory.link l join territory.territory q on q.id = l.child_id and q.kind = 'qpv' where l.parent_id = t.id) as qpv
    from territory.territory t where ${where}
    order by (t.valid_to is not null and t.kind not in ('qpv', 'contrat-de-ville')), ${orders[sort.key]!} ${direction} nulls last, t.id
    limit ${limit} offset ${offset}`)
  return rows
}
