import type pg from 'pg'

/**
 * A house ten years old and very large, always the same: 100,000 people, 10,000 activities over ten years, 1,000,000 rows of
 * attendance. Made by PostgreSQL itself from hashes of row numbers: no clock, no chance.
 */
export interface DatasetSize {
  people: number
  activities: number
  attendances: number
  organisations: number
}

export const benchSize: DatasetSize = {
  people: 100_000,
  activities: 10_000,
  attendances: 1_000_000,
  organisations: 4_000,
}

/** Its last day: activities spread over the ten years before. The territories of Occitanie are made when they are not there. */
export const benchNow = new Date('2025-12-31T12:00:00Z')

/** Fills a migrated, empty database; a few tens of seconds when the session may do without the checks, some minutes else. */
export async function fillBench(
  client: pg.Client | pg.PoolClient,
  size: DatasetSize = benchSize,
  say: (step: string) => void = () => {},
): Promise<void> {
  await client.query('begin')
  try {
    for (const [step, statement, ...values] of steps(size)) {
      say(step)
      await (statement === CHECKS_OFF ? ifAllowed(client, statement) : client.query(statement, values))
    }
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
  say('statistiques')
  await client.query('vacuum analyze')
}

/** Only a superuser goes without checks: on another server they simply take their time. */
async function ifAllowed(client: pg.Client | pg.PoolClient, statement: string): Promise<void> {
  await client.query('savepoint allowed')
  await client.query(statement).catch(() => client.query('rollback to savepoint allowed'))
}

type Step = readonly [name: string, statement: string, ...values: number[]]

const steps = (size: DatasetSize): Step[] => [
  ['mémoire', "set local work_mem = '128MB'; set local maintenance_work_mem = '256MB'"],
  ['sans contrôle ligne à ligne', CHECKS_OFF],
  ['fonctions', FUNCTIONS],
  ['index mis de côté', INDEXES_OFF],
  ['territoires', TERRITORIES],
  ['organisations', ORGANISATIONS, size.organisations],
  ['personnes', PEOPLE, size.people, size.organisations],
  ['affiliations', AFFILIATIONS, size.people, size.organisations],
  ['séries', SERIES],
  ['activités', ACTIVITIES, size.activities],
  ['activités numérotées', NUMBERED],
  ['séances', SESSIONS],
  ['thèmes et territoires', LINKS],
  ['situations', COPIED, size.people],
  ['états', STATES],
  ['présences', ATTENDANCES, size.attendances, size.people],
  ['fusions', MERGES, size.people],
  ['mots des noms', WORDS],
  ['index refaits', INDEXES_ON],
]

/**
 * Six foreign keys checked for each of a million rows would take longer than the rows themselves: they are true by construction.
 * What the triggers keep (span and half-days of an activity, words of names) is written here by one statement each.
 */
const CHECKS_OFF = "set local session_replication_role = 'replica'"

/** An index made once over all the rows takes a fraction of the time of one kept row by row. */
const INDEXES_OFF = `
create temp table bench_index on commit drop as
  select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i
  where i.indrelid in ('directory.person'::regclass, 'directory.affiliation'::regclass, 'activities.attendance'::regclass)
    and not exists (select from pg_constraint c where c.conindid = i.indexrelid);
do $$ declare one record; begin for one in select * from bench_index loop execute 'drop index ' || one.name; end loop; end $$`

const INDEXES_ON = `
do $$ declare one record; begin for one in select * from bench_index loop execute one.definition; end loop; end $$`

const WORDS = `
insert into directory.word (kind, word)
select distinct kind, w from (
  select 0 as kind, regexp_split_to_table(sort_name, '[^a-z0-9]+') as w from directory.person
  union all select 1, regexp_split_to_table(search, '[^a-z0-9]+') from directory.organisation
) x where length(w) >= 3 and not exists (select from directory.word)`

/** Numbers from numbers: `bench_n(row, salt, bound)` in [0, bound). */
const FUNCTIONS = `
create function pg_temp.bench_n(i bigint, salt int, bound int) returns int language sql immutable parallel safe
as $$ select (abs(hashint8(i * 1000003 + salt * 7919)::bigint) % bound)::int $$;
create function pg_temp.bench_id(kind text, i bigint) returns uuid language sql immutable parallel safe
as $$ select md5(kind || ':' || i)::uuid $$;
create function pg_temp.bench_word(i bigint, salt int) returns text language sql immutable parallel safe
as $$ select initcap((array['ba','be','ca','cha','da','del','fa','ga','gou','ja','la','lo','ma','mo','na','pe','ra','ro','sa','ti','va','vi'])[1 + pg_temp.bench_n(i, salt, 22)]
  || (array['bar','cal','dou','fer','gnan','lan','mar','nac','pier','quet','ran','sac','tier','vel','zan','ber','lin','nou'])[1 + pg_temp.bench_n(i, salt + 1, 18)]
  || (array['','d','el','es','et','ier','in','o','on','ou','y','as','ac'])[1 + pg_temp.bench_n(i, salt + 2, 13)]) $$;
create function pg_temp.bench_departement(i bigint, salt int) returns text language sql immutable parallel safe
as $$ select 'dep-' || (array['34','34','34','34','30','30','30','11','11','66','48','31','81','65','12','82'])[1 + pg_temp.bench_n(i, salt, 16)] $$;
create temp table bench_profile on commit drop as
  select id, (row_number() over (order by position, id) - 1)::int as n from platform.term where vocabulary = 'profil' and parent_id is not null;
create temp table bench_kind on commit drop as
  select id, (row_number() over (order by position, id) - 1)::int as n from platform.term where vocabulary = 'activite';
create temp table bench_theme on commit drop as
  select id, (row_number() over (order by position, id) - 1)::int as n from platform.term where vocabulary = 'theme'`

const TERRITORIES = `
with vintage as (
  insert into territory.vintage (id, source, attribution, year, loaded_at) values ('banc', 'Banc d’essai', 'Banc d’essai', 2022, '2025-01-01')
  on conflict do nothing)
insert into territory.territory (id, kind, code, name, departement_code, vintage_id)
select 'dep-' || code, 'departement', code, name, code, 'banc'
from (values ('11','Aude'),('12','Aveyron'),('30','Gard'),('31','Haute-Garonne'),('34','Hérault'),('48','Lozère'),('65','Hautes-Pyrénées'),('66','Pyrénées-Orientales'),('81','Tarn'),('82','Tarn-et-Garonne')) d(code, name)
on conflict do nothing`

const ORGANISATIONS = `
insert into directory.organisation (id, name, kind_id, departement_id, created_at, updated_at)
select pg_temp.bench_id('o', i), (array['Ville de ','Association ','Centre social ','Communauté de communes ','Collège ','Mission locale '])[1 + pg_temp.bench_n(i, 1, 6)] || pg_temp.bench_word(i, 2) || ' ' || i,
  (array['organisation:commune','organisation:association','organisation:association','organisation:epci','organisation:enseignement','organisation:association'])[1 + pg_temp.bench_n(i, 1, 6)],
  pg_temp.bench_departement(i, 5), '2016-01-01', '2016-01-01'
from generate_series(1, $1::int) i`

const PEOPLE = `
insert into directory.person (id, given_name, family_name, email, departement_id, created_at, updated_at)
select pg_temp.bench_id('p', i), pg_temp.bench_word(i, 11), pg_temp.bench_word(i, 21),
  case when pg_temp.bench_n(i, 31, 20) > 0 then 'personne' || i || '@exemple.test' end,
  pg_temp.bench_departement(1 + pg_temp.bench_n(i, 41, $2::int), 5), '2016-01-01', '2016-01-01'
from generate_series(1, $1::int) i`

const AFFILIATIONS = `
insert into directory.affiliation (id, person_id, organisation_id, function, profile_id, valid_from, created_at)
select pg_temp.bench_id('a', i), pg_temp.bench_id('p', i), pg_temp.bench_id('o', 1 + pg_temp.bench_n(i, 41, $2::int)), 'Fonction ' || pg_temp.bench_n(i, 51, 200), p.id, '2016-01-01', '2016-01-01'
from generate_series(1, $1::int) i join bench_profile p on p.n = pg_temp.bench_n(i, 61, (select count(*)::int from bench_profile))`

const SERIES = `
insert into activities.series (id, slug, title, created_at)
select pg_temp.bench_id('s', i), 'banc-serie-' || i, 'Série ' || i, '2016-01-01' from generate_series(1, 40) i`

/** Sessions begin in working hours of Paris, from 2016 to 2025; half-days and span are those the triggers would give. */
const ACTIVITIES = `
insert into activities.activity (id, slug, kind_id, title, summary, status, visibility, mode, role, scale, main_theme_id, series_id, place,
  departement_id, starts_at, ends_at, computed_half_days, unidentified_count, unidentified_basis, published_at, created_at, updated_at)
select pg_temp.bench_id('v', i), 'banc-activite-' || i, k.id, 'Activité ' || i || ' ' || pg_temp.bench_word(i, 71), 'Résumé de l’activité ' || i,
  case when pg_temp.bench_n(i, 81, 25) = 0 then 'cancelled' else 'published' end, case when pg_temp.bench_n(i, 82, 6) = 0 then 'internal' else 'public' end,
  (array['presentiel','presentiel','distanciel','hybride'])[1 + pg_temp.bench_n(i, 83, 4)],
  (array['organisateur','organisateur','organisateur','co-organisateur','partenaire','participant'])[1 + pg_temp.bench_n(i, 84, 6)],
  (array['regional','departemental','local','national'])[1 + pg_temp.bench_n(i, 85, 4)], t.id,
  case when pg_temp.bench_n(i, 86, 3) = 0 then pg_temp.bench_id('s', 1 + pg_temp.bench_n(i, 87, 40)) end, pg_temp.bench_word(i, 88),
  pg_temp.bench_departement(i, 89), d.starts_at, d.starts_at + d.hours * interval '1 hour', case when d.hours <= 4 then 1 else 2 end,
  case when pg_temp.bench_n(i, 91, 10) = 0 then pg_temp.bench_n(i, 92, 30) else 0 end, case when pg_temp.bench_n(i, 93, 2) = 0 then 'estimated' else 'counted' end,
  d.starts_at - interval '40 days', d.starts_at - interval '50 days', d.starts_at - interval '40 days'
from generate_series(1, $1::int) i
cross join lateral (select (timestamp '2016-01-04 09:00' + (i * 3650::bigint / $1) * interval '1 day' + pg_temp.bench_n(i, 95, 6) * interval '1 hour') at time zone 'Europe/Paris' as starts_at,
  (array[2, 3, 3, 7])[1 + pg_temp.bench_n(i, 96, 4)] as hours) d
join bench_kind k on k.n = pg_temp.bench_n(i, 97, (select count(*)::int from bench_kind))
join bench_theme t on t.n = pg_temp.bench_n(i, 98, (select count(*)::int from bench_theme))`

const NUMBERED = `
create temp table bench_activity on commit drop as
  select id, starts_at, mode, substr(slug, 15)::int - 1 as n from activities.activity where slug like 'banc-activite-%'`

/** What each row copies, computed once per person. */
const COPIED = `
create temp table bench_person on commit drop as
  select i as n, p.id, a.profile_id, a.function, a.organisation_id, p.departement_id
  from generate_series(1, $1::int) i join directory.person p on p.id = pg_temp.bench_id('p', i)
  join directory.affiliation a on a.id = pg_temp.bench_id('a', i)`

const STATES = `
create temp table bench_state on commit drop as
  select n, (array['present','present','present','present','present','present','present','excused','absent','cancelled'])[1 + n % 10] as status,
    case when n < 10 then 'remote' else 'onsite' end as mode from generate_series(0, 19) n;
analyze bench_person; analyze bench_state; analyze bench_activity`

const SESSIONS = `
insert into activities.session (id, activity_id, starts_at, ends_at)
select md5('banc-seance:' || id)::uuid, id, starts_at, ends_at from activities.activity where slug like 'banc-activite-%'`

const LINKS = `
with themes as (
  insert into activities.activity_theme (activity_id, theme_id)
  select a.id, t.id from activities.activity a join bench_theme t on t.n = pg_temp.bench_n(hashtext(a.slug), 101, (select count(*)::int from bench_theme))
  where a.slug like 'banc-activite-%' and t.id <> a.main_theme_id)
insert into activities.activity_territory (activity_id, territory_id)
select id, departement_id from activities.activity where slug like 'banc-activite-%'`

/**
 * Each activity has its run of people, drawn without repeats: nobody stands twice on one list. A few come everywhere, as in
 * life: one row in eight is one of the first tenth.
 */
const ATTENDANCES = `
insert into activities.attendance (id, activity_id, person_id, status, mode, source, profile_id, function, organisation_id,
  departement_id, registered_at, status_at)
select md5('n:' || r.i)::uuid, a.id, w.id, s.status, case a.mode when 'distanciel' then 'remote' when 'presentiel' then 'onsite' else s.mode end,
  'registration', w.profile_id, w.function, w.organisation_id, w.departement_id, a.starts_at - interval '10 days', a.starts_at + interval '3 hours'
from (
  select i, act, case when n % 8 = 0 then 1 + (act * 37 + n) % tenth else 1 + tenth + (act * 7919 + n * 101) % ($2::int - tenth) end as person
  from (select i, i % each as n, (i / each)::bigint as act, $2::int / 10 as tenth
    from generate_series(0, $1::int - 1) i cross join (select $1::int / count(*)::int as each from bench_activity) t) x
) r
join bench_activity a on a.n = r.act
join bench_person w on w.n = r.person
join bench_state s on s.n = abs(hashint4(r.i)::bigint) % 20`

/** One person in two hundred was known twice. */
const MERGES = `
update directory.person p set merged_into_id = pg_temp.bench_id('p', m.i - 1)
from (select i from generate_series(200, $1::int, 200) i) m where p.id = pg_temp.bench_id('p', m.i)`
