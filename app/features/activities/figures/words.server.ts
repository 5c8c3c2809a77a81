import { sql } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'
import { type AxisKey, fixedLabels } from './axes.ts'
import type { Words } from './words.ts'

interface Word extends Record<string, unknown> {
  list: string
  key: string
  label: string
  child: boolean
}

const byVocabulary: Record<string, AxisKey> = { anct: 'anct', activite: 'type', theme: 'theme', profil: 'profil' }

/** The words of every axis, in the order of the vocabularies: retired terms included, a past year keeps its own. */
export async function readWords(db: Database): Promise<Words> {
  const { rows } = await db.execute<Word>(sql`
    select list, key, label, child from (
      select 1 as part, position as place, vocabulary as list, code as key, label, parent_id is not null as child
      from platform.term where vocabulary in ('anct', 'activite', 'theme', 'profil')
      union all
      select 2, 0, 'departement', id, name, false from territory.territory_card where kind = 'departement'
      union all
      select 3, 0, 'serie', id::text, title, false from activities.series
    ) x order by part, place, case part when 2 then key else label end`)
  const words: Words = { ...fixedLabels }
  const add = (axis: AxisKey, { key, label }: Word) => {
    words[axis] = { ...words[axis], [key]: label }
  }
  for (const word of rows) {
    if (word.list === 'departement') {
      add('departement', word)
      add('origine', word)
    } else if (word.list === 'serie') add('serie', word)
    else if (word.list === 'profil') {
      add('profil', word)
      if (!word.child) add('famille', word)
    } else add(byVocabulary[word.list]!, word)
  }
  return words
}
