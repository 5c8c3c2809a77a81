import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'
import { activityAxes, type AxisKey, isActivityAxis, presenceAxes } from './axes.ts'
import { actCte, actPairs, folkCte, presCte, profileCte, type Scope } from './base.server.ts'

/** What one cell of one axis holds; zero where the axis does not cut that measure. */
export interface YearCell {
  key: string
  activities: number
  halfDays: number
  presences: number
  remote: number
  /** Not identified, counted one by one. */
  counted: number
  /** Not identified, estimated. */
  estimated: number
  /** Distinct people; cut by month, series or theme, one person may stand in several cells. */
  people: number
}

export interface Year {
  total: YearCell
  /** Cells by axis; empty ones are left out. */
  by: Record<AxisKey, YearCell[]>
}

const KEPT = sql`pres.kept`

/**
 * Everything the year says, in one statement: presences are read once (`pres`), then counted by activity and by profile, and
 * only these few counts are cut by axis. People are counted in the order `pres` is sorted in, without another sort.
 */
function yearStatement(scope: Scope): SQL {
  return sql`with ${actCte(scope)}, ${presCte()}, ${profileCte()}, ${folkCte()},
counted as materialized (
  select grouping(rank) = 0 as by_act, rank, profile_id, departement_id, count(*)::int as n,
    count(*) filter (where mode = 'remote')::int as remote
  from pres where ${KEPT} group by grouping sets ((rank), (profile_id, departement_id))
),
who as materialized (
  select profile_id, departement_id, sum(presences)::int as presences, sum(remote)::int as remote, sum(people)::int as people from (
    select profile_id, departement_id, n as presences, remote, 0 as people from counted where not by_act
    union all ${peopleByProfile(scope)}
  ) x group by 1, 2
)
select pair.axis, pair.key, count(*)::int as activities, sum(act.half_days)::int as "halfDays",
  coalesce(sum(c.n), 0)::int as presences, coalesce(sum(c.remote), 0)::int as remote,
  sum(case act.unidentified_basis when 'counted' then act.unidentified_count else 0 end)::int as counted,
  sum(case act.unidentified_basis when 'estimated' then act.unidentified_count else 0 end)::int as estimated, 0 as people
from act left join counted c on c.by_act and c.rank = act.rank
cross join lateral (values ('total', ''), ${actPairs()}) pair(axis, key)
where act.kept group by 1, 2
union all
select pair.axis, pair.key, 0, 0, case pair.axis when 'total' then 0 else sum(who.presences)::int end,
  case pair.axis when 'total' then 0 else sum(who.remote)::int end, 0, 0, sum(who.people)::int
from who left join profile on profile.id = who.profile_id
cross join lateral (values ('total', ''), ('profil', coalesce(profile.code, '-')), ('famille', coalesce(profile.family, '-')),
  ('origine', coalesce(who.departement_id, '-'))) pair(axis, key)
group by 1, 2
union all
select 'presence', pair.key, 0, 0, pair.n, case pair.key when 'remote' then pair.n else 0 end, 0, 0, 0
from (select coalesce(sum(n), 0)::int as n, coalesce(sum(remote), 0)::int as remote from counted where by_act) x
cross join lateral (values ('onsite', x.n - x.remote), ('remote', x.remote)) pair(key, n) where pair.n > 0
union all
select 'mois', mois, 0, 0, 0, 0, 0, 0, count(*)::int
from (select distinct on (person_id, mois) mois from pres where ${KEPT} order by person_id, mois desc) x group by mois
union all
${peopleByActivity('serie', scope)}
union all
${peopleByActivity('perimetre', scope)}`
}

/** The activities alone, for figures that do not look at who came. */
const activityStatement = (scope: Scope): SQL => sql`with ${actCte(scope)}
select pair.axis, pair.key, count(*)::int as activities, sum(act.half_days)::int as "halfDays", 0 as presences, 0 as remote,
  0 as counted, 0 as estimated, 0 as people
from act cross join lateral (values ('total', ''), ${actPairs()}) pair(axis, key) where act.kept group by 1, 2`

const narrowed = ({ filters }: Scope) =>
  Object.entries(filters).some(([axis, values]) => axis !== 'perimetre' && isActivityAxis(axis) && values.length > 0)

/** Without a filter everybody of `folk` is kept: nothing to check. */
const peopleByProfile = (scope: Scope) =>
  narrowed(scope)
    ? sql`select folk.profile_id, folk.departement_id, 0, 0, count(*)::int from folk
        join (select distinct person_id from pres where ${KEPT}) came on came.person_id = folk.person_id group by 1, 2`
    : sql`select profile_id, departement_id, 0, 0, count(*)::int from folk group by 1, 2`

const peopleByActivity = (axis: 'serie' | 'perimetre', { filters }: Scope) => {
  const column = sql`act.${sql.identifier(axis)}`
  // one perimeter asked: its people are the total, no need to count them again
  const wanted = axis === 'serie' ? sql`act.serie <> '-'` : sql`${(filters.perimetre?.length ?? 0) !== 1}::boolean`
  return sql`select ${axis}, x.key, 0, 0, 0, 0, 0, 0, count(*)::int
from (select distinct ${column} as key, pres.person_id from pres join act on act.rank = pres.rank where ${KEPT} and ${wanted}) x group by 2`
}

const MEASURES = ['activities', 'halfDays', 'presences', 'remote', 'counted', 'estimated', 'people'] as const

const emptyCell = (key: string): YearCell => ({
  key,
  activities: 0,
  halfDays: 0,
  presences: 0,
  remote: 0,
  counted: 0,
  estimated: 0,
  people: 0,
})

export const readYear = (db: Database, scope: Scope): Promise<Year> => gather(db, scope, yearStatement(scope))

export const readActivities = (db: Database, scope: Scope): Promise<Year> => gather(db, scope, activityStatement(scope))

async function gather(db: Database, scope: Scope, statement: SQL): Promise<Year> {
  const { rows } = await db.execute<YearCell & { axis: string } & Record<string, unknown>>(statement)
  const cells = new Map<string, Map<string, YearCell>>()
  for (const row of rows) {
    const axis = cells.get(row.axis) ?? new Map<string, YearCell>()
    cells.set(row.axis, axis)
    const cell = axis.get(row.key) ?? emptyCell(row.key)
    axis.set(row.key, cell)
    for (const measure of MEASURES) cell[measure] += row[measure]
  }
  const total = cells.get('total')?.get('') ?? emptyCell('')
  return { total, by: byAxis(cells, scope, total) }
}

function byAxis(cells: Map<string, Map<string, YearCell>>, { filters }: Scope, total: YearCell): Year['by'] {
  const axes = [...activityAxes, ...presenceAxes].map((axis) => [axis, [...(cells.get(axis)?.values() ?? [])]])
  const by = Object.fromEntries(axes) as Year['by']
  const [only, ...others] = filters.perimetre ?? []
  if (only && others.length === 0 && by.perimetre[0]) by.perimetre[0].people = total.people
  return by
}

/** The years for which an activity was recorded, the latest first. */
export async function recordedYears(db: Database): Promise<number[]> {
  const { rows } = await db.execute<{ year: number }>(sql`
    select distinct extract(year from starts_at at time zone 'Europe/Paris')::int as year
    from activities.activity where status = 'published' and starts_at is not null order by 1 desc`)
  return rows.map(({ year }) => year)
}
