import { type SQL, sql } from 'drizzle-orm'
import type { FigureFilters, Period } from '#app/platform/figures.ts'
import { type ActivityAxis, type AxisKey, activityAxes, isActivityAxis, NONE } from './axes.ts'

/** What every statement of the figures starts from. */
export interface Scope {
  period: Period
  filters: FigureFilters
  now: Date
}

const keys = (values: readonly string[]) =>
  sql.join(
    values.map((value) => sql`${value}`),
    sql`, `,
  )

/**
 * A condition on computed columns, as the planner should see it: true for a good part of the rows. Left to itself it expects
 * one row in two hundred, and joins tens of thousands of presences one by one.
 */
const likely = (condition: SQL) => sql`case when ${condition} then true else false end`

const all = (conditions: SQL[]) => (conditions.length > 0 ? sql.join(conditions, sql` and `) : sql`true`)

/** Midnight in Paris, that day or the day after. */
const midnight = (day: string, after = 0) =>
  sql`((${day}::date + ${after}::int)::timestamp at time zone 'Europe/Paris')`

const asked = ({ filters }: Scope, accepted: (axis: string) => boolean) =>
  Object.entries(filters).filter(([axis, values]) => accepted(axis) && values.length > 0)

/** The column of an axis in `act`; its values are the keys of the axis. */
export const actColumn = (axis: ActivityAxis): SQL => sql`act.${sql.identifier(axis)}`

/**
 * `act`: the activities of the period that count. Drafts and cancelled ones do not; one that lies ahead does not either until
 * somebody is ticked present. `perimetre` bounds everything, people's profiles included; `kept` carries the other filters, so
 * that a person's profile of the year never depends on the month or the theme one looks at. `rank` is the order in time.
 */
export function actCte(scope: Scope): SQL {
  const { period, now } = scope
  const kept = asked(scope, (axis) => isActivityAxis(axis) && axis !== 'perimetre').map(
    ([axis, values]) => sql`a.${sql.identifier(axis)} in (${keys(values)})`,
  )
  const perimeter = scope.filters.perimetre ?? []
  return sql`act as materialized (
  select a.*, ${all(kept)} as kept, (row_number() over (order by a.starts_at, a.id))::int as rank
  from (
    select a.id, a.title, a.starts_at, a.half_days, a.half_days_reason, a.unidentified_count, a.unidentified_basis,
      a.mode, a.role, a.scale as echelle,
      split_part(a.kind_id, ':', 2) as type,
      coalesce(kind.attributes ->> 'anct', ${NONE}) as anct,
      coalesce(split_part(a.main_theme_id, ':', 2), ${NONE}) as theme,
      coalesce(a.departement_id, ${NONE}) as departement,
      coalesce(a.series_id::text, ${NONE}) as serie,
      to_char(a.starts_at at time zone 'Europe/Paris', 'MM') as mois,
      case when a.half_days_override is null then 'calcule' else 'corrige' end as calcul,
      case when kind.attributes ->> 'perimeter' in ('appui', 'vie-associative') then kind.attributes ->> 'perimeter'
        when coalesce(kind.attributes ->> 'perimeter', 'collectif') = 'collectif' and a.role in ('organisateur', 'co-organisateur')
        then 'participation' else 'exterieur' end as perimetre
    from activities.activity a join platform.term kind on kind.id = a.kind_id
    where a.status = 'published' and a.starts_at >= ${midnight(period.from)} and a.starts_at < ${midnight(period.to, 1)}
      and (a.starts_at <= ${now.toISOString()}::timestamptz or a.unidentified_count > 0
        or exists (select from activities.attendance h where h.activity_id = a.id and h.status = 'present'))
  ) a
  where ${perimeter.length > 0 ? likely(sql`a.perimetre in (${keys(perimeter)})`) : sql`true`}
)`
}

/**
 * `pres`: one row per identified person and activity, present, after merges (of two merged people at one activity, the first
 * arrived). Sorted by person, the latest first, which the statements built on it rely on for speed, not for truth.
 */
export const presCte = (): SQL => sql`merged as materialized (select id, identity_id from directory.person_merge),
pres as materialized (
  select distinct on (coalesce(m.identity_id, t.person_id), act.mois, act.rank) t.id, act.rank, act.mois, act.kept,
    coalesce(m.identity_id, t.person_id) as person_id, t.profile_id, t.departement_id, t.mode
  from act join activities.attendance t on t.activity_id = act.id and t.status = 'present'
  left join merged m on m.id = t.person_id
  order by coalesce(m.identity_id, t.person_id), act.mois desc, act.rank desc, t.arrival
)`

/** `folk`: each person of the perimeter once, with the profile and the département of their latest presence of the period. */
export const folkCte = (): SQL => sql`folk as (
  select distinct on (person_id) id, rank, person_id, profile_id, departement_id from pres order by person_id, mois desc, rank desc
)`

/** `profile`: the two levels of the vocabulary, by code. */
export const profileCte = (): SQL => sql`profile as materialized (
  select id, code, coalesce(split_part(parent_id, ':', 2), code) as family from platform.term where vocabulary = 'profil'
)`

/** The key of a presence axis, on a table that has the columns of `pres`, `profile` joined beside. */
export function presenceKey(axis: AxisKey, table: SQL): SQL {
  switch (axis) {
    case 'profil':
      return sql`coalesce(profile.code, ${NONE})`
    case 'famille':
      return sql`coalesce(profile.family, ${NONE})`
    case 'origine':
      return sql`coalesce(${table}.departement_id, ${NONE})`
    case 'presence':
      return sql`${table}.mode`
    default:
      throw new Error(`not an axis of presences: ${axis}`)
  }
}

/** Who is kept, on `folk` or on `pres`: the conditions on these axes that are asked. */
export const presenceConditions = (scope: Scope, axes: readonly AxisKey[], table: SQL): SQL =>
  all(
    asked(scope, (axis) => (axes as readonly string[]).includes(axis)).map(([axis, values]) =>
      likely(sql`${presenceKey(axis as AxisKey, table)} in (${keys(values)})`),
    ),
  )

/** (axis, key) pairs of an activity, for a lateral join. */
export const actPairs = (): SQL =>
  sql.join(
    activityAxes.map((axis) => sql`(${axis}, ${actColumn(axis)})`),
    sql`, `,
  )
