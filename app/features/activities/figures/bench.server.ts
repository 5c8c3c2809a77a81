import type { Database } from '#app/platform/database.server.ts'
import { yearPeriod } from './period.ts'
import { readYear } from './year.server.ts'

/** What `npm run bench` measures for a year: the figures of participation with all their breakdowns, as pages read them. */
export const benchYear = (db: Database, year: number, now: Date) =>
  readYear(db, { period: yearPeriod(year), filters: { perimetre: ['participation'] }, now })

/**
 * The same numbers by hand, to be sent as it is through the driver: $1 first day, $2 last day of the year. One row per axis
 * and key with activities, half-days, presences, remote presences and people. It keeps the two things that cost, merged people
 * and the profile of the latest presence, and leaves out what a page adds to them: filters, perimeters, words.
 */
export const BARE_YEAR = `
with act as materialized (
  select a.id, a.half_days, a.mode, a.role, a.scale, a.kind_id, a.main_theme_id, a.departement_id, a.series_id,
    extract(month from a.starts_at at time zone 'Europe/Paris')::int as month,
    (row_number() over (order by a.starts_at, a.id))::int as rank
  from activities.activity a join platform.term k on k.id = a.kind_id and k.attributes ->> 'perimeter' = 'collectif'
  where a.status = 'published' and a.role in ('organisateur', 'co-organisateur')
    and a.starts_at >= $1::date::timestamp at time zone 'Europe/Paris'
    and a.starts_at < ($2::date + 1)::timestamp at time zone 'Europe/Paris'
),
merged as materialized (select id, merged_into_id from directory.person where merged_into_id is not null),
pres as materialized (
  select distinct on (coalesce(m.merged_into_id, t.person_id), act.rank) act.rank, act.month, act.series_id,
    coalesce(m.merged_into_id, t.person_id) as person_id, t.profile_id, t.departement_id, t.mode
  from act join activities.attendance t on t.activity_id = act.id and t.status = 'present'
  left join merged m on m.id = t.person_id
  order by coalesce(m.merged_into_id, t.person_id), act.rank desc, t.arrival
),
latest as materialized (
  select distinct on (person_id) person_id, profile_id, departement_id from pres order by person_id, rank desc
),
by_activity as (
  select rank, count(*)::int as n, count(*) filter (where mode = 'remote')::int as remote from pres group by rank
),
told as (select act.*, coalesce(b.n, 0) as n, coalesce(b.remote, 0) as remote from act left join by_activity b on b.rank = act.rank)
select 'total' as axis, '' as key, count(*)::int as activities, sum(half_days)::int as half_days, sum(n)::int as presences,
  sum(remote)::int as remote, (select count(*)::int from latest) as people from told
union all select 'type', kind_id, count(*), sum(half_days), sum(n), sum(remote), 0 from told group by 2
union all select 'theme', main_theme_id, count(*), sum(half_days), sum(n), sum(remote), 0 from told group by 2
union all select 'mode', mode, count(*), sum(half_days), sum(n), sum(remote), 0 from told group by 2
union all select 'role', role, count(*), sum(half_days), sum(n), sum(remote), 0 from told group by 2
union all select 'scale', scale, count(*), sum(half_days), sum(n), sum(remote), 0 from told group by 2
union all select 'place', departement_id, count(*), sum(half_days), sum(n), sum(remote), 0 from told group by 2
union all select 'month', month::text, count(*), sum(half_days), sum(n), sum(remote), 0 from told group by 2
union all select 'series', series_id::text, count(*), sum(half_days), sum(n), sum(remote), 0 from told group by 2
union all select 'month', month::text, 0, 0, 0, 0, count(distinct person_id) from pres group by 2
union all select 'series', series_id::text, 0, 0, 0, 0, count(distinct person_id) from pres where series_id is not null group by 2
union all select 'profile', profile_id, 0, 0, count(*), 0, 0 from pres group by 2
union all select 'home', departement_id, 0, 0, count(*), 0, 0 from pres group by 2
union all select 'profile', profile_id, 0, 0, 0, 0, count(*) from latest group by 2
union all select 'home', departement_id, 0, 0, 0, 0, count(*) from latest group by 2`
