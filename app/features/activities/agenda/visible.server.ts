import { type SQL, sql } from 'drizzle-orm'
import type { AgendaFilter } from './filters.ts'

/** What stands in the public agenda; `a` is the activity. The first two conditions are those of its partial indexes. */
export const inAgenda = sql`a.status <> 'draft' and a.visibility = 'public' and (a.status = 'published' or a.published_at is not null)`

/** What has a public page: the agenda, and what is only reached by its address. */
export const hasPage = sql`a.status <> 'draft' and a.visibility <> 'internal' and (a.status = 'published' or a.published_at is not null)`

export function matching({ themeId, kindId, departementId, mode }: AgendaFilter): SQL {
  const conditions = [
    themeId &&
      sql`(a.main_theme_id = ${themeId} or exists (select 1 from activities.activity_theme t where t.activity_id = a.id and t.theme_id = ${themeId}))`,
    kindId && sql`a.kind_id = ${kindId}`,
    departementId &&
      sql`(a.departement_id = ${departementId} or exists (select 1 from activities.activity_territory t
        join territory.territory_card c on c.id = t.territory_id
        where t.activity_id = a.id and (c.id = ${departementId} or 'dep-' || c.departement_code = ${departementId})))`,
    mode && sql`a.mode = ${mode}`,
  ].filter((one): one is SQL => Boolean(one))
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `)
}
