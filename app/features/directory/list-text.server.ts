import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'
import { asWritten, everyWord } from './matching.server.ts'
import { normalised, wordsOf } from './text.server.ts'
import { nearestIds } from './search.server.ts'

/** Which records of a list answer the text typed above it. */
export interface ListText {
  condition: SQL
  /** Nobody answers exactly: these are likenesses, and the page says so. */
  near: boolean
}

/** All that answer as it is written; where nothing does, those that are near. */
export async function listText(
  db: Database,
  text: string,
  entity: 'person' | 'organisation',
): Promise<ListText | null> {
  if (text === '') return null
  const words = wordsOf((await normalised(db, [text]))[0]!)
  if (words.length === 0) return { condition: sql`false`, near: false }
  const written = entity === 'person' ? peopleWritten(words) : organisationsWritten(words)
  const { rows } = await db.execute(sql`select 1 from (${written}) w limit 1`)
  if (rows.length > 0) return { condition: sql`p.id in (${written})`, near: false }
  const ids = await nearestIds(db, text, entity)
  return { condition: sql`p.id = any(${sql.param(ids)}::uuid[])`, near: ids.length > 0 }
}

function peopleWritten(words: readonly string[]): SQL {
  const meant = asWritten(words)
  const digits = words.join('').replace(/\D/g, '')
  return sql`
    select coalesce(merged_into_id, id) as id from directory.person where ${everyWord(sql`search`, meant)} and erased_year is null
    union select a.person_id from directory.organisation o join directory.affiliation a on a.organisation_id = o.id
      where ${everyWord(sql`o.search`, meant)}
    union select id from directory.person
      where right(regexp_replace(phone, '\\D', '', 'g'), 9) = ${digits.length >= 9 ? digits.slice(-9) : null}`
}

function organisationsWritten(words: readonly string[]): SQL {
  const siret = words.join('')
  return sql`
    select coalesce(merged_into_id, id) as id from directory.organisation where ${everyWord(sql`search`, asWritten(words))}
    union select id from directory.organisation where siret like ${/^\d{9,14}$/.test(siret) ? `${siret}%` : null}`
}
