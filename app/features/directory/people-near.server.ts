import { sql } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'
import { wordsLikeness } from './names.ts'

/** Somebody a list names, in words that may come in any order; `ref` finds the answer again. */
export interface AskedPerson {
  ref: string
  email: string | null
  /** Ways to read the name, as `platform.normalise` writes it. */
  names: readonly string[]
}

export interface NearPerson {
  ref: string
  id: string
  name: string
  given: string
  family: string
  sameEmail: boolean
  /** As nameLikeness says it, over every way to cut the name in two. */
  likeness: 0 | 1 | 2 | 3
  /** Function and organisation of today. */
  detail: string | null
  /** Every organisation they belong or belonged to, in plain words. */
  organisations: string
}

type Found = Omit<NearPerson, 'likeness'> & Record<string, unknown>

/** Of many names at once, the people who bear them or share their address, in two reaches into indexes; the caller has checked the right. */
export async function peopleNear(db: Database, asked: readonly AskedPerson[]): Promise<NearPerson[]> {
  const sent = asked.flatMap(({ ref, email, names }) =>
    names.concat(email && names.length === 0 ? '' : []).map((name) => ({ ref, email, ...beginningsOf(name) })),
  )
  if (sent.length === 0) return []
  const { rows } = await db.execute<Found>(sql`
    with asked as (select * from jsonb_to_recordset(${JSON.stringify(sent)}::jsonb) as x(ref text, email text, begins jsonb, initials text)),
    near as (
      select a.ref, p.id, p.merged_into_id from asked a join directory.person p on lower(p.email) = a.email
      union
      select a.ref, p.id, p.merged_into_id from asked a cross join lateral jsonb_array_elements_text(a.begins) b(word)
      cross join lateral (
        select id, merged_into_id from directory.person p
        where p.sort_name >= b.word collate "C" || ' ' and p.sort_name < b.word collate "C" || '!'
          and strpos(a.initials, left(split_part(p.sort_name, '  ', 2), 1)) > 0
        limit 60
      ) p
    ),
    kept as (select distinct ref, coalesce(merged_into_id, id) as id from near)
    select k.ref, p.id, trim(p.given_name || ' ' || p.family_name) as name, platform.normalise(p.given_name) as given,
      platform.normalise(p.family_name) as family, s.detail, coalesce(s.organisations, '') as organisations,
      exists (select 1 from asked a where a.ref = k.ref and a.email = lower(p.email)) as "sameEmail"
    from kept k join directory.person p on p.id = k.id
    left join lateral (
      select (array_agg(nullif(concat_ws(', ', a.function, coalesce(o.name, a.organisation_name)), '')
          order by coalesce(a.valid_to, 'infinity') desc, a.valid_from desc nulls last, a.id))[1] as detail,
        string_agg(coalesce(o.search, platform.normalise(a.organisation_name)), ' ') as organisations
      from directory.affiliation a left join directory.organisation o on o.id = a.organisation_id
      where a.person_id = p.id
    ) s on true
    order by k.ref, p.sort_name, p.id limit 20000`)
  return likely(asked, rows)
}

function likely(asked: readonly AskedPerson[], rows: readonly Found[]): NearPerson[] {
  const names = new Map(asked.map((one) => [one.ref, one.names]))
  return rows.flatMap((row) => {
    const likeness = Math.max(0, ...(names.get(row.ref) ?? []).map((name) => wordsLikeness(name.split(' '), row)))
    return likeness > 0 || row.sameEmail ? [{ ...row, likeness: likeness as NearPerson['likeness'] }] : []
  })
}

/** The family name begins by one of the words, or by two that follow one another (« de la »); the given name by the letter of another. */
function beginningsOf(name: string): { begins: string[]; initials: string } {
  const words = name
    .split(' ')
    .filter((word) => /^[a-z]/.test(word))
    .slice(0, 5)
  if (words.length < 2) return { begins: [], initials: '' }
  const pairs = words.slice(1).map((word, index) => `${words[index]} ${word}`)
  const begins = [...words.filter((word) => word.length >= 3), ...pairs]
  return { begins: [...new Set(begins)], initials: [...new Set(words.map((word) => word[0]!))].join('') }
}
