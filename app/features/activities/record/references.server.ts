import { sql } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'

/** A choice that no list offers: forged, or gone since the form was shown. `field` is the name of the form's field. */
export interface UnknownChoice {
  type: 'unknown-choice'
  field: string
}

export interface Choices {
  kindId: string
  mainThemeId: string | null
  themeIds: readonly string[]
  territoryIds: readonly string[]
  departementId: string | null
  seriesId: string | null
  leadPersonId: string | null
}

/** Checks every choice against its own list, in one statement; a retired word stays where it already was. */
export async function unknownChoice(
  tx: Database,
  choices: Partial<Choices>,
  kept: { terms?: readonly (string | null)[] } = {},
): Promise<UnknownChoice | null> {
  const keptTerms = sql.param((kept.terms ?? []).filter((term) => term !== null))
  const themes = sql.param([...(choices.themeIds ?? [])])
  const places = sql.param([...(choices.territoryIds ?? [])])
  const { kindId = null, mainThemeId = null, departementId = null, seriesId = null, leadPersonId = null } = choices
  const term = (id: unknown, vocabulary: string) => sql`exists (select from platform.term t
    where t.id = ${id} and t.vocabulary = ${vocabulary} and (t.retired_at is null or t.id = any(${keptTerms}::text[])))`
  const { rows } = await tx.execute<Record<string, boolean>>(sql`
    select
      ${kindId}::text is null or ${term(kindId, 'activite')} as "kindId",
      ${mainThemeId}::text is null or ${term(mainThemeId, 'theme')} as "mainThemeId",
      not exists (select from unnest(${themes}::text[]) as asked(id) where not ${term(sql`asked.id`, 'theme')}) as "themeIds",
      not exists (select from unnest(${places}::text[]) as asked(id)
        where not exists (select from territory.territory_card c where c.id = asked.id)) as "territoryIds",
      ${departementId}::text is null or exists (select from territory.territory_card c
        where c.id = ${departementId} and c.kind = 'departement') as "departementId",
      ${seriesId}::uuid is null or exists (select from activities.series s where s.id = ${seriesId}) as "seriesId",
      ${leadPersonId}::uuid is null or exists (select from directory.person_card p where p.id = ${leadPersonId}) as "leadPersonId"`)
  const wrong = Object.entries(rows[0]!).find(([, known]) => !known)
  return wrong ? { type: 'unknown-choice', field: wrong[0] } : null
}
