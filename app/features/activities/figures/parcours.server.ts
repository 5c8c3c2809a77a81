import { type SQL, sql } from 'drizzle-orm'
import { actCte, profileCte, type Scope } from './base.server.ts'
import type { Source } from './sources.server.ts'

const NOTHING = sql``
const cycles = sql`(select id::text as serie, required_share from activities.series where kind = 'cycle')`
const identities = sql`merged as materialized (select id, identity_id from directory.person_merge)`
const identity = sql`coalesce(m.identity_id, t.person_id)`

/**
 * `walk`: one row per identity and training cycle: what they attended of what the period held. Who was registered and never came
 * follows the cycle too. Its rank is that of the latest activity they were expected at.
 */
const walkCtes = (scope: Scope): SQL => sql`${actCte(scope)}, ${profileCte()}, ${identities},
held as (select act.serie, count(*)::int as held from act join ${cycles} c on c.serie = act.serie where act.kept group by act.serie),
expected as (
  select ${identity} as person_id, act.serie, act.rank, t.id, t.arrival, t.status
  from act join held on held.serie = act.serie
  join activities.attendance t on t.activity_id = act.id and t.status in ('registered', 'present', 'absent', 'excused')
  left join merged m on m.id = t.person_id where act.kept
), walk as (
  select e.person_id, e.serie, held.held, max(e.rank) as rank,
    (count(distinct e.rank) filter (where e.status = 'present'))::int as attended,
    (array_agg(e.id order by e.rank desc, e.arrival))[1] as id
  from expected e join held on held.serie = e.serie group by 1, 2, 3
)`

/**
 * `walk`, of those who completed a cycle: it ended in the period, its last activity is over, and they attended the share that it
 * asks for, of all its activities, those of another year included.
 */
const completedCtes = (scope: Scope): SQL => sql`${actCte(scope)}, ${profileCte()}, ${identities},
whole as (
  select c.serie, c.required_share, count(*)::int as held, max(a.ends_at) as ends_at,
    (array_agg(a.id order by a.starts_at desc, a.id desc))[1] as last_id
  from ${cycles} c join activities.activity a on a.series_id::text = c.serie and a.status = 'published'
  where c.required_share is not null group by 1, 2
), ended as (
  select w.*, act.rank from whole w join act on act.id = w.last_id
  where act.kept and w.ends_at <= ${scope.now.toISOString()}::timestamptz
), walk as (
  select ${identity} as person_id, e.serie, e.held, e.rank, count(distinct a.id)::int as attended,
    (array_agg(t.id order by a.starts_at desc, t.arrival))[1] as id
  from ended e join activities.activity a on a.series_id::text = e.serie and a.status = 'published'
  join activities.attendance t on t.activity_id = a.id and t.status = 'present'
  left join merged m on m.id = t.person_id
  group by 1, 2, 3, 4, e.required_share having count(distinct a.id) * 100 >= e.required_share * e.held
)`

type Cell = ReturnType<Source['cells']>

function walkSource(
  ctes: Source['ctes'],
  weight: SQL,
  perimeter: { adds: boolean; cell?: Cell } = { adds: true },
): Source {
  const from = (_scope?: Scope, joins: SQL = NOTHING) =>
    sql`from walk join act on act.rank = walk.rank ${joins} where ${weight} > 0`
  const cellOf = (key: SQL): Cell => ({ key, from: from(), value: sql`coalesce(sum(${weight}), 0)::int` })
  return {
    rowKind: 'parcours',
    axes: [
      { key: 'serie', adds: true },
      { key: 'perimetre', adds: perimeter.adds },
    ],
    ctes,
    from,
    weight,
    cells: (_scope, axis) =>
      axis === 'serie' ? cellOf(sql`walk.serie`) : (perimeter.cell ?? cellOf(sql`act.perimetre`)),
  }
}

/** A person in a training cycle; a cycle of several perimeters has the same person in each of them. */
export const followedSource = walkSource(walkCtes, sql`1`, {
  adds: false,
  cell: {
    key: sql`act.perimetre`,
    from: sql`from expected e join act on act.rank = e.rank`,
    value: sql`count(distinct (e.person_id, e.serie))::int`,
  },
})
/** What each attended, and what each could have. */
export const attendedSource = walkSource(walkCtes, sql`walk.attended`)
export const possibleSource = walkSource(walkCtes, sql`walk.held`)
export const completedSource = walkSource(completedCtes, sql`1`)
