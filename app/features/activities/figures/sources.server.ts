import { type SQL, sql } from 'drizzle-orm'
import { type AxisKey, activityAxes, isActivityAxis, presenceAxes } from './axes.ts'
import {
  actColumn,
  actCte,
  folkCte,
  presCte,
  presenceConditions,
  presenceKey,
  profileCte,
  type Scope,
} from './base.server.ts'

export type RowKind = 'activity' | 'presence' | 'person' | 'parcours'

/** Where the rows of a figure come from, and what each adds: value, cells and rows of a figure are all built on it. */
export interface Source {
  rowKind: RowKind
  axes: readonly { key: AxisKey; adds: boolean }[]
  ctes(scope: Scope): SQL
  /** `from … where …` of the rows; `joins` come between. */
  from(scope: Scope, joins?: SQL): SQL
  /** What one row adds. */
  weight: SQL
  /** The value of what was counted, when it is not a sum of whole things. */
  sum?: SQL
  cells(scope: Scope, axis: AxisKey): { key: SQL; from: SQL; value: SQL }
}

const NOTHING = sql``
const added = (weight: SQL) => sql`coalesce(sum(${weight}), 0)::int`
const adding = (axes: readonly AxisKey[]) => axes.map((key) => ({ key, adds: true }))

/** Activities, each for one, for its half-days, or for the people it could not name. */
export function activitySource(weight: SQL, only: SQL = sql`true`): Source {
  const from = (_scope?: Scope, joins: SQL = NOTHING) =>
    sql`from act ${joins} where act.kept and ${only} and ${weight} > 0`
  return {
    rowKind: 'activity',
    axes: adding(activityAxes),
    ctes: actCte,
    from,
    weight,
    cells: (_scope, axis) => {
      if (!isActivityAxis(axis)) throw new Error(`not an axis of activities: ${axis}`)
      return { key: actColumn(axis), from: from(), value: added(weight) }
    },
  }
}

/** The part of each activity’s half-days that is ours: rows and value are halves and quarters. */
export function attributedSource(): Source {
  const source = activitySource(sql`1`)
  const total = sql`coalesce(sum(att.quarters), 0)::float8 / 4`
  const from = (_scope?: Scope, joins: SQL = NOTHING) =>
    sql`from act join activities.attributed att on att.activity_id = act.id ${joins} where act.kept and att.quarters > 0`
  return {
    ...source,
    from,
    weight: sql`att.quarters::float8 / 4`,
    sum: total,
    cells: (scope, axis) => ({ ...source.cells(scope, axis), from: from(), value: total }),
  }
}

const PRES = sql`pres`
const FOLK = sql`folk`
const presenceOnly = presenceAxes.filter((axis) => axis === 'presence')
const ofPerson = presenceAxes.filter((axis) => axis !== 'presence')

const keyOf = (axis: AxisKey, table: SQL) => (isActivityAxis(axis) ? actColumn(axis) : presenceKey(axis, table))

/** One row per identified person and activity. */
function presencesOf(only: SQL = NOTHING): Source {
  const from = (scope: Scope, joins: SQL = NOTHING) => sql`from pres join act on act.rank = pres.rank
    left join profile on profile.id = pres.profile_id ${joins}
    where pres.kept and ${presenceConditions(scope, presenceAxes, PRES)} ${only}`
  return {
    rowKind: 'presence',
    axes: adding([...activityAxes, ...presenceAxes]),
    ctes: (scope) => sql`${actCte(scope)}, ${presCte()}, ${profileCte()}`,
    from,
    weight: sql`1`,
    cells: (scope, axis) => ({ key: keyOf(axis, PRES), from: from(scope), value: added(sql`1`) }),
  }
}

export const presenceSource: Source = presencesOf()

/** Those of the activities whose participants we report: no other organiser counts them. */
export const reportedSource: Source = presencesOf(
  sql`and exists (select from activities.attributed att where att.activity_id = act.id and att.reported)`,
)

/** One row per identity; who they were is that of their latest presence, cut by month they may stand in several cells. */
export const personSource: Source = {
  rowKind: 'person',
  axes: [...adding(ofPerson), ...[...activityAxes, ...presenceOnly].map((key) => ({ key, adds: false }))],
  ctes: (scope) => sql`${actCte(scope)}, ${presCte()}, ${profileCte()}, ${folkCte()},
came as (select person_id, count(*)::int as presences from pres where kept and ${presenceConditions(scope, presenceOnly, PRES)} group by person_id)`,
  from: (scope, joins = NOTHING) => sql`from folk join came on came.person_id = folk.person_id
    left join profile on profile.id = folk.profile_id ${joins} where ${presenceConditions(scope, ofPerson, FOLK)}`,
  weight: sql`1`,
  cells: (scope, axis) =>
    (ofPerson as readonly AxisKey[]).includes(axis)
      ? { key: presenceKey(axis, FOLK), from: personSource.from(scope), value: added(sql`1`) }
      : {
          key: keyOf(axis, PRES),
          from: sql`from pres join act on act.rank = pres.rank join folk on folk.person_id = pres.person_id
            left join profile on profile.id = folk.profile_id
            where pres.kept and ${presenceConditions(scope, presenceOnly, PRES)} and ${presenceConditions(scope, ofPerson, FOLK)}`,
          value: sql`count(distinct pres.person_id)::int`,
        },
}
