import { sql } from 'drizzle-orm'
import { type AppContext, can } from '#app/platform/context.ts'
import { territoryHref, territoryKindLabels } from './labels.ts'
import type { TerritoryKind } from './schema.server.ts'

interface Found {
  id: string
  label: string
  detail: string
  href: string
}

type Row = { id: string; kind: TerritoryKind; name: string; code: string; ended: string | null } & Record<
  string,
  unknown
>

/**
 * Territories by name, code, postal code or former name. Every word is looked for anywhere; where nothing has them all, what
 * resembles the text. Wider territories come first, ended ones last.
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
  const ofKind = kinds ? sql`t.kind in ${[...kinds]}` : sql`true`
  const { rows } = await ctx.db.execute<Row>(sql`
    with asked as (select platform.normalise(${asked}) as text),
    words as (select '%' || word || '%' as pattern from asked, unnest(string_to_array(asked.text, ' ')) word where word <> ''),
    exact as (
      select t.* from territory.territory t
      where ${ofKind} and exists (select from words) and t.search like all (select pattern from words)
      union
      select t.* from territory.territory t join territory.former_name f on f.territory_id = t.id
      where ${ofKind} and exists (select from words) and f.search like all (select pattern from words)
      order by 1 limit 400),
    near as (
      select t.* from territory.territory t, asked
      where ${ofKind} and not exists (select from exact) and length(asked.text) >= 4 and asked.text operator(public.<%) t.search
      limit 400),
    found as (select * from exact union all select * from near)
    select f.id, f.kind, f.name, f.code, f.valid_to::text as ended from found f, asked
    order by (f.valid_to is not null), (platform.normalise(f.name) <> asked.text),
      array_position(array['departement', 'region', 'epci', 'contrat-de-ville', 'qpv', 'commune'], f.kind),
      public.similarity(f.search, asked.text) desc, f.population desc nulls last, f.id
    limit ${limit}`)
  return rows.map((row) => ({ id: row.id, label: row.name, detail: detailOf(row), href: territoryHref(row.id) }))
}

const detailOf = ({ kind, code, ended }: Row) =>
  `${territoryKindLabels[kind]}, ${code}${ended ? ` (jusqu’en ${ended.slice(0, 4)})` : ''}`
