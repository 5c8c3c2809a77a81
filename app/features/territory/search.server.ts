import { sql } from 'drizzle-orm'
import { type AppContext, can } from '#app/platform/context.ts'
import { readCentre } from '#app/platform/settings.server.ts'
import { territoryHref, territoryKindShort } from './labels.ts'
import type { TerritoryKind } from './schema.server.ts'
import { havingAllWords, normalised } from './words.server.ts'

interface Found {
  id: string
  label: string
  detail: string
  href: string
}

interface Row extends Record<string, unknown> {
  id: string
  kind: TerritoryKind
  name: string
  detail: string | null
  departement: string | null
  ended: string | null
}

/**
 * Territories by name, code, postal code or former name. Every word is looked for anywhere; where nothing has them all, what
 * resembles the text. The name as it was typed comes first, then the perimeter of the centre, wider territories before
 * narrower ones; what has ended comes last.
 */
export async function searchTerritories(
  ctx: AppContext,
  text: string,
  limit: number,
  kinds?: readonly TerritoryKind[],
): Promise<Found[]> {
  if (!can(ctx.actor, 'territory:read')) return []
  const asked = text.trim().slice(0, 200)
  if (asked === '') return []
  const [{ departements }, words] = await Promise.all([readCentre(ctx.db), normalised(ctx.db, asked)])
  const ofKind = kinds ? sql`t.kind in ${[...kinds]}` : sql`true`
  const order = sql`(t.valid_to is not null and t.kind = 'epci'),
    (starts_with(t.search, ${words}) and platform.normalise(t.name) = ${words}) desc,
    t.departement_code = any(${sql.param(departements)}::text[]) desc nulls last, not starts_with(t.search, ${words}),
    array_position(array['departement', 'region', 'epci', 'contrat-de-ville', 'qpv', 'commune'], t.kind),
    t.population desc nulls last, t.id limit ${limit}`
  const { rows } = await ctx.db.execute<Row>(sql`
    with exact as (
      select t.* from territory.territory t where ${ofKind} and t.id in ${havingAllWords(words)} order by ${order}),
    near as (
      select t.* from territory.territory t
      where ${ofKind} and not exists (select from exact) and ${words.length >= 4} and ${words} operator(public.<%) t.search
      limit 400),
    found as (select 0 as distance, * from exact
      union all select round((1 - public.word_similarity(${words}, near.search))::numeric, 1), near.* from near)
    select t.id, t.kind, t.name, t.detail, t.departement_code as departement, t.valid_to::text as ended from found t
    order by t.distance, ${order}`)
  return rows.map((row) => ({ id: row.id, label: row.name, detail: detailOf(row), href: territoryHref(row.id) }))
}

/** « EPCI, Hérault » would be longer to read than « EPCI, 34 »; a quarter is told by its commune. */
function detailOf({ kind, detail, departement, ended }: Row): string {
  const where = kind === 'qpv' ? `${detail} (${departement})` : departement
  const until = ended && kind === 'epci' ? `jusqu’en ${ended.slice(0, 4)}` : null
  return [territoryKindShort[kind], where, until].filter(Boolean).join(', ')
}
