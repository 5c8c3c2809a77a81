import { type SQL, sql } from 'drizzle-orm'
import type { Source } from './find-pairs.server.ts'
import { particles, type PersonTraits, scorePeople } from './score-people.ts'

/** Of a couple, an office, a town hall: what more people share tells nothing of who they are. */
const SHARED = 30
const HOMONYMS = 150

/** The names come from `sort_name`, which is normalised already; two spaces end the family name. */
const records = sql`
  create temp table dup_record on commit drop as
  with places as materialized (
    select coalesce(m.identity_id, a.person_id) as person_id,
      array_agg(distinct coalesce(o.identity_id::text, platform.normalise(a.organisation_name))) as organisations
    from directory.affiliation a left join directory.person_merge m on m.id = a.person_id
    left join directory.organisation_card o on o.id = a.organisation_id
    where a.organisation_id is not null or a.organisation_name is not null group by 1
  )
  select (row_number() over ())::int as n, p.id, lower(p.email) as email, p.departement_id as "departementId",
    split_part(p.sort_name, '  ', 2) as given, split_part(p.sort_name, '  ', 1) as family,
    case when length(d.digits) >= 9 then right(d.digits, 9) end as phone, coalesce(l.organisations, '{}') as organisations
  from directory.person p left join places l on l.person_id = p.id
  cross join lateral (select regexp_replace(p.phone, '\\D', '', 'g') as digits) d
  where p.merged_into_id is null`

/** Letters alone, words glued: « jean pierre », « jean-pierre » and « jeanpierre » are one. */
const glued = (text: SQL) => sql`translate(${text}, ' .@+_', '')`

const withoutParticles = (text: SQL) =>
  sql`coalesce(nullif(trim(regexp_replace(${text}, ${`\\m(${particles.join('|')})\\M ?`}, '', 'g')), ''), ${text})`

/** What is left of a name when vowels, doubled letters and twin sounds no longer count: « kassouri », « casouri ». */
const sound = (text: SQL) =>
  sql`regexp_replace(translate(replace(${text}, 'ph', 'f'), 'ckqzaeiouyh .@+_', 'kkks'), '(.)\\1+', '\\1', 'g')`

const key = (kind: string, text: SQL) => sql`hashtextextended(${kind} || ${text}, 0)`

const keys = sql`
  insert into dup_key
  with plain as materialized (
    select n, email, phone, given, bare, glued_given, glued_family, left(glued_given, 1) as initial,
      ${glued(sql`bare`)} as glued_bare, ${glued(sql`regexp_replace(family, '^(de|du|des|d) ', '')`)} as glued_part,
      ${sound(sql`given`)} as given_sound, ${sound(sql`bare`)} as family_sound
    from (
      select n, email, phone, family, ${withoutParticles(sql`given`)} as given, ${glued(sql`given`)} as glued_given,
        ${glued(sql`family`)} as glued_family, ${withoutParticles(sql`family`)} as bare
      from dup_record
    ) r
  )
  select n, ${key('e:', sql`email`)}, ${SHARED}::int from plain where email is not null
  union all select n, ${key('p:', sql`phone`)}, ${SHARED}::int from plain where phone is not null
  -- the same words in any order
  union all select n, ${key('w:', sql`(select string_agg(w, ' ' order by w) from regexp_split_to_table(given || ' ' || bare, '[^a-z0-9]+') w)`)},
    ${HOMONYMS}::int from plain
  -- the same family name, one initial: initials, compound given names
  union all select distinct n, ${key('i:', sql`family || ' ' || initial`)}, ${HOMONYMS}::int
    from plain, unnest(array[glued_family, glued_bare, glued_part]) family
  -- given names that were left out
  union all select n, ${key('n:', sql`glued_bare`)}, ${SHARED}::int from plain
  -- the same given name and one word of the family name, in either order
  union all select distinct n, ${key('g:', sql`least(g, f) || ' ' || greatest(g, f)`)}, ${HOMONYMS}::int
    from plain, regexp_split_to_table(given, '[^a-z0-9]+') g, regexp_split_to_table(bare, '[^a-z0-9]+') f
    where length(g) >= 3 and length(f) >= 3
  -- the same sound
  union all select n, ${key('s:', sql`family_sound || ' ' || given_sound`)}, ${HOMONYMS}::int from plain
    where length(family_sound) >= 2 and length(given_sound) >= 2`

/** The same given name, the same two letters at the beginning, and names that have enough trigrams in common. */
const more = sql`
  select a.n, b.n from dup_record a join dup_record b on b.given = a.given and left(b.family, 2) = left(a.family, 2) and b.n > a.n
  where length(a.given) >= 3 and public.similarity(a.family, b.family) > 0.4`

export const personSource: Source<PersonTraits> = { records, keys, more, score: scorePeople }
