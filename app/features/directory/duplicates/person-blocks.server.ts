import { type SQL, sql } from 'drizzle-orm'
import type { Source } from './find-pairs.server.ts'
import { LONG_NAME, particles, type PersonTraits, scorePeople } from './score-people.ts'

/** Of a couple, an office, a town hall: what more people share tells nothing of who they are. */
const SHARED = 30
const ALIKE = 150

/** Letters alone, words glued: « jean pierre », « jean-pierre » and « jeanpierre » are one. */
const glued = (text: SQL) => sql`translate(${text}, ' .@+_', '')`

const withoutParticles = (text: SQL) =>
  sql`coalesce(nullif(trim(regexp_replace(${text}, ${`\\m(${particles.join('|')})\\M ?`}, '', 'g')), ''), ${text})`

/** The names come from `sort_name`, which is normalised already; two spaces end the family name. `bare_`: without particles. */
const records = sql`
  create temp table dup_record on commit drop as
  with places as materialized (
    select coalesce(m.identity_id, a.person_id) as person_id,
      array_agg(distinct coalesce(o.identity_id::text, platform.normalise(a.organisation_name))) as organisations
    from directory.affiliation a left join directory.person_merge m on m.id = a.person_id
    left join directory.organisation_card o on o.id = a.organisation_id
    where a.organisation_id is not null or a.organisation_name is not null group by 1
  ), named as materialized (
    select (row_number() over ())::int as n, p.id, lower(p.email) as email, p.departement_id as "departementId",
      split_part(p.sort_name, '  ', 2) as given, split_part(p.sort_name, '  ', 1) as family,
      case when length(d.digits) >= 9 then right(d.digits, 9) end as phone, coalesce(l.organisations, '{}') as organisations
    from directory.person p left join places l on l.person_id = p.id
    cross join lateral (select regexp_replace(p.phone, '\\D', '', 'g') as digits) d
    where p.merged_into_id is null and p.erased_year is null
  )
  select named.*, ${withoutParticles(sql`given`)} as bare_given, ${withoutParticles(sql`family`)} as bare_family from named`

const key = (kind: string, text: SQL) => sql`hashtextextended(${kind} || ${text}, 0)`

const words = sql`(select string_agg(w, ' ' order by w) from regexp_split_to_table(bare_given || ' ' || bare_family, '[^a-z0-9]+') w)`
const families = sql`array[${glued(sql`family`)}, ${glued(sql`bare_family`)}, ${glued(sql`regexp_replace(family, '^(de|du|des|d) ', '')`)}]`
const start = sql`left(${glued(sql`bare_family`)}, 2)`

/**
 * By the weights of rules.ts, only names of the same words, or long ones with a slip (`more`), are enough alone; names that are
 * less alike are compared among those who share an address, a telephone or an organisation.
 */
const keys = sql`
  insert into dup_key
  select n, ${key('email:', sql`email`)}, ${SHARED}::int from dup_record where email is not null
  union all select n, ${key('email:', sql`email || ' ' || ${start}`)}, ${ALIKE}::int from dup_record where email is not null
  union all select n, ${key('phone:', sql`phone`)}, ${SHARED}::int from dup_record where phone is not null
  union all select n, ${key('start:', sql`place || ' ' || ${start}`)}, ${ALIKE}::int from dup_record, unnest(organisations) place
  union all select n, ${key('given:', sql`place || ' ' || ${glued(sql`given`)}`)}, ${ALIKE}::int from dup_record, unnest(organisations) place
  union all select n, ${key('words:', words)}, ${ALIKE}::int from dup_record where position(' ' in bare_given || bare_family) > 0
  union all select distinct n, ${key('name:', sql`least(g, f) || ' ' || greatest(g, f)`)}, ${ALIKE}::int from dup_record,
    unnest(${families}) f, unnest(array[${glued(sql`given`)}, ${glued(sql`bare_given`)}]) g`

/** One slip leaves the beginning or the end of the name as it was, and most trigrams of the whole. */
const more = sql`
  with long_name as materialized (
    select n, bare_family || ' ' || bare_given as name,
      unnest(array[bare_given || '<' || left(bare_family, 3), bare_given || '>' || right(bare_family, 3),
        bare_family || '<' || left(bare_given, 2), bare_family || '>' || right(bare_given, 3)]) as part
    from dup_record where length(bare_given || bare_family) >= ${LONG_NAME}::int
  )
  select a.n, b.n from long_name a join long_name b on b.part = a.part and b.n > a.n
  where a.name <> b.name and abs(length(a.name) - length(b.name)) <= 2 and public.similarity(a.name, b.name) > 0.58`

const traits = ['given', 'family', 'email', 'phone', 'organisations', 'departementId'] as const

export const personSource: Source<PersonTraits> = { records, keys, more, traits, score: scorePeople }
