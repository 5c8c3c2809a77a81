import { type SQL, sql } from 'drizzle-orm'
import type { Source } from './find-pairs.server.ts'
import { commonWords, type OrganisationTraits, scoreOrganisations, smallWords } from './score-organisations.ts'

const SHARED = 30
const ALIKE = 150

const records = sql`
  create temp table dup_record on commit drop as
  select (row_number() over ())::int as n, o.id, platform.normalise(o.name) as name, platform.normalise(o.acronym) as acronym,
    left(o.siret, 9) as siren, lower(o.email) as email, case when length(d.digits) >= 9 then right(d.digits, 9) end as phone,
    nullif(regexp_replace(lower(o.website), '^[a-z]+://(www\\.)?|[/:?#].*$', '', 'g'), '') as site,
    o.territory_id as "territoryId", o.kind_id as "kindId"
  from directory.organisation o cross join lateral (select regexp_replace(o.phone, '\\D', '', 'g') as digits) d
  where o.merged_into_id is null`

const key = (kind: string, text: SQL) => sql`hashtextextended(${kind} || ${text}, 0)`

/** The words that tell it from others. */
const words = sql`regexp_split_to_table(r.name, '[^a-z0-9]+') w
  where w <> '' and w <> all(${sql.param([...smallWords, ...commonWords])}::text[])`

const keys = sql`
  insert into dup_key
  select n, ${key('siren:', sql`siren`)}, ${ALIKE}::int from dup_record where siren is not null
  union all select n, ${key('email:', sql`email`)}, ${SHARED}::int from dup_record where email is not null
  union all select n, ${key('phone:', sql`phone`)}, ${SHARED}::int from dup_record where phone is not null
  union all select n, ${key('site:', sql`site`)}, ${SHARED}::int from dup_record where site is not null
  union all select n, ${key('acronym:', sql`acronym`)}, ${ALIKE}::int from dup_record where acronym is not null
  union all select n, ${key('acronym:', sql`name`)}, ${ALIKE}::int from dup_record where position(' ' in name) = 0
  union all select n, ${key('name:', sql`coalesce((select string_agg(w, ' ' order by w) from ${words}), name)`)}, ${ALIKE}::int from dup_record r
  union all select distinct n, ${key('word:', sql`w`)}, ${ALIKE}::int from dup_record r cross join lateral (select w from ${words}) x
    where length(w) >= 5
  union all select n, ${key('start:', sql`left(name, 8)`)}, ${ALIKE}::int from dup_record where length(name) >= 8`

const traits = ['name', 'acronym', 'siren', 'email', 'phone', 'site', 'territoryId', 'kindId'] as const

export const organisationSource: Source<OrganisationTraits> = { records, keys, traits, score: scoreOrganisations }
