import { type SQL, sql } from 'drizzle-orm'
import { type AppContext, can } from '#app/platform/context.ts'
import { checkPage, type ListParamsError, type ListRules, type ListState } from '#app/platform/list-params.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { readCentre } from '#app/platform/settings.server.ts'
import { departementOptions } from './departements.server.ts'
import { titleOf, territoryKindLabels, territoryKindOrder } from './labels.ts'
import { descendantsOf, territoriesByIds } from './lookups.server.ts'
import type { TerritoryKind } from './schema.server.ts'
import { havingAllWords, normalised } from './words.server.ts'

export interface TerritoryLine extends Record<string, unknown> {
  id: string
  kind: TerritoryKind
  code: string
  name: string
  detail: string | null
  departement: string | null
  population: number | null
  /** Of the lists loaded, whether in force or ended. */
  contracts: number
  qpv: number
  qpvResidents: number | null
  endedOn: string | null
}

export interface TerritoryList {
  rows: TerritoryLine[]
  total: number
  /** Nothing asked: only the territories of the centre are shown. */
  ownPerimeter: boolean
  /** The territory the list is limited to. */
  within: { id: string; title: string } | null
}

/** Value of the filter that leaves the perimeter of the centre. */
export const EVERYWHERE = 'tous'

export async function territoryRules(ctx: AppContext) {
  const [departements, centre] = await Promise.all([departementOptions(ctx), readCentre(ctx.db)])
  const kinds = territoryKindOrder.map((kind) => ({ value: kind, label: territoryKindLabels[kind] }))
  const rules: ListRules = {
    sortable: ['nom', 'nature', 'code', 'population', 'contrats', 'quartiers', 'habitants-qpv'],
    defaultSort: { key: 'nature', direction: 'asc' },
    filters: {
      nature: kinds.map(({ value }) => value),
      departement: [EVERYWHERE, ...departements.map(({ value }) => value)],
      dans: 'text',
    },
  }
  return { rules, offered: { departements, kinds, hasPerimeter: centre.departements.length > 0 } }
}

type ListError = { type: 'not-allowed' } | ListParamsError

export async function listTerritories(ctx: AppContext, state: ListState): Promise<Result<TerritoryList, ListError>> {
  if (!can(ctx.actor, 'territory:read')) return err({ type: 'not-allowed' })
  const scope = await scopeOf(ctx, state)
  const counted = await ctx.db.execute<{ n: number }>(
    sql`select count(*)::int as n from territory.territory t where ${scope.where}`,
  )
  const total = counted.rows[0]!.n
  const page = checkPage(state, total)
  if (!page.ok) return page
  const { ownPerimeter, within } = scope
  return ok({ rows: await lines(ctx, state, scope.where, page.value), total, ownPerimeter, within })
}

/** Public data: exported whole, by whoever may read it. */
export async function exportTerritories(
  ctx: AppContext,
  state: ListState,
): Promise<Result<TerritoryLine[], { type: 'not-allowed' }>> {
  if (!can(ctx.actor, 'territory:read')) return err({ type: 'not-allowed' })
  const { where } = await scopeOf(ctx, state)
  return ok(await lines(ctx, state, where, { limit: 100_000, offset: 0 }))
}

interface Scope {
  where: SQL
  ownPerimeter: boolean
  within: TerritoryList['within']
}

/** With nothing asked, the territories of the centre; communes come when they are asked for or looked for. */
async function scopeOf(ctx: AppContext, { q, filters }: ListState): Promise<Scope> {
  const { nature = [], departement = [], dans = [] } = filters
  const [holder] = await territoriesByIds(ctx.db, dans.slice(0, 1))
  const own = q === '' && departement.length === 0 && dans.length === 0 ? await ownDepartements(ctx) : []
  const wanted = own.length > 0 ? own : departement.filter((id) => id !== EVERYWHERE)
  const all = [
    nature.length > 0 ? sql`t.kind in ${nature}` : q || dans.length > 0 ? sql`true` : sql`t.kind <> 'commune'`,
    wanted.length > 0 ? inDepartements(wanted) : sql`true`,
    dans.length > 0 ? among(holder ? await descendantsOf(ctx.db, holder.id) : []) : sql`true`,
    q ? sql`t.id in ${havingAllWords(await normalised(ctx.db, q))}` : sql`true`,
  ]
  const within = holder ? { id: holder.id, title: titleOf(holder) } : null
  return { where: sql.join(all, sql` and `), ownPerimeter: own.length > 0, within }
}

const ownDepartements = async ({ db }: AppContext) => (await readCentre(db)).departements.map((code) => `dep-${code}`)

/** The départements, what lies in them, and their régions. */
const inDepartements = (ids: readonly string[]) => sql`(t.id in ${ids}
  or exists (select from territory.link l where l.child_id = t.id and l.parent_id in ${ids})
  or exists (select from territory.link l where l.parent_id = t.id and l.child_id in ${ids}))`

const among = (ids: readonly string[]) => sql`t.id = any(${sql.param([...ids])}::text[])`

const kindRank = sql`array_position(${sql.param([...territoryKindOrder])}::text[], t.kind)`

const orders: Record<string, SQL> = {
  nature: kindRank,
  nom: sql`platform.normalise(t.name)`,
  code: sql`t.code`,
  population: sql`t.population`,
  contrats: sql`coalesce(h.contracts, 0)`,
  quartiers: sql`coalesce(h.qpv, 0)`,
  'habitants-qpv': sql`h.residents`,
}

/** What each territory holds of the politique de la ville; a région through its départements. */
export const held = sql`(
  select holder, count(*) filter (where kind = 'contrat-de-ville')::int as contracts, count(*) filter (where kind = 'qpv')::int as qpv,
    (sum(population) filter (where kind = 'qpv'))::int as residents
  from (
    select l.parent_id as holder, c.id, c.kind, c.population from territory.territory c join territory.link l on l.child_id = c.id
    where c.kind in ('qpv', 'contrat-de-ville')
    union
    select r.parent_id, c.id, c.kind, c.population from territory.territory c join territory.link l on l.child_id = c.id
    join territory.link r on r.child_id = l.parent_id and r.parent_id like 'reg-%'
    where c.kind in ('qpv', 'contrat-de-ville')
  ) one group by holder)`

async function lines(
  ctx: AppContext,
  { sort }: ListState,
  where: SQL,
  { limit, offset }: { limit: number; offset: number },
) {
  const direction = sort.direction === 'asc' ? sql`asc` : sql`desc`
  const { rows } = await ctx.db.execute<TerritoryLine>(sql`
    select t.id, t.kind, t.code, t.name, t.detail, t.population, t.valid_to::text as "endedOn",
      case when d.id <> t.id then d.code || ' – ' || d.name end as departement,
      coalesce(h.contracts, 0) as contracts, coalesce(h.qpv, 0) as qpv, h.residents as "qpvResidents"
    from territory.territory t
    left join territory.territory d on d.kind = 'departement' and d.code = t.departement_code
    left join ${held} h on h.holder = t.id
    where ${where}
    order by ${orders[sort.key]!} ${direction} nulls last, ${kindRank}, t.kind = 'epci' and t.valid_to is not null,
      case when t.kind in ('departement', 'qpv') then t.code end, platform.normalise(t.name), t.id
    limit ${limit} offset ${offset}`)
  return rows
}
