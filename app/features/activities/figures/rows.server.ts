import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'
import type { FigureRow, FigureRows, RowPage } from '#app/platform/figures.ts'
import type { Scope } from './base.server.ts'
import type { SharingState } from '../shares/words.ts'
import type { RowKind, Source } from './sources.server.ts'

/** An activity, with what it adds to the figure. */
export interface ActivityRow extends FigureRow {
  kind: 'activity'
  title: string
  startsAt: Date
  type: string
  mode: string
  role: string
  theme: string
  departement: string
  /** Why its half-days were corrected by hand. */
  reason: string | null
  /** Whether it is shared out with other organisers, and what they all call it. */
  sharing: SharingState
  commonId: string | null
}

/** A person at an activity, as they were that day. */
export interface PresenceRow extends FigureRow {
  kind: 'presence'
  personId: string | null
  name: string | null
  function: string | null
  organisation: string | null
  profile: string
  departement: string
  mode: string
  source: string
  activityId: string
  title: string
  startsAt: Date
}

/** A person of the year, as they were at their latest presence. */
export interface PersonRow extends FigureRow {
  kind: 'person'
  personId: string | null
  name: string | null
  function: string | null
  organisation: string | null
  profile: string
  departement: string
  presences: number
  activityId: string
  title: string
  startsAt: Date
}

/** A person in a training cycle, as they were at the latest activity they were expected at. */
export interface ParcoursRow extends FigureRow {
  kind: 'parcours'
  personId: string | null
  name: string | null
  function: string | null
  organisation: string | null
  profile: string
  departement: string
  serie: string
  attended: number
  held: number
  activityId: string
  title: string
  startsAt: Date
}

export type AnyRow = ActivityRow | PresenceRow | PersonRow | ParcoursRow

interface RowShape {
  /** Sort keys; those that need a person's name say so. */
  orders: Record<string, { by: SQL; names?: true }>
  usual: { key: string; direction: 'asc' | 'desc' }
  /** What the page keeps of the source before anything is joined to it. */
  picked: SQL
  id: SQL
  names: SQL
  columns: SQL
  joins: SQL
}

const byName = { by: sql`platform.normalise(card.family_name || ' ' || card.given_name)`, names: true } as const
const byDay = { by: sql`act.starts_at` }
const byTitle = { by: sql`platform.normalise(act.title)` }

const personColumns = sql`page.person_id as "personId", card.full_name as name, t.function,
  coalesce(org.name, t.organisation_name) as organisation, coalesce(profile.code, '-') as profile,
  coalesce(t.departement_id, '-') as departement, act.id as "activityId", act.title, act.starts_at as "startsAt"`
const personJoins = sql`join act on act.rank = page.rank join activities.attendance t on t.id = page.id
  join directory.person_card card on card.id = page.person_id
  left join directory.organisation_card org on org.id = t.organisation_id
  left join profile on profile.id = t.profile_id`

const shapes: Record<RowKind, RowShape> = {
  activity: {
    orders: { jour: byDay, activite: byTitle, nombre: { by: sql`act.half_days` } },
    usual: { key: 'jour', direction: 'asc' },
    picked: sql`act.id, act.rank`,
    id: sql`act.id`,
    names: sql``,
    columns: sql`'activity' as kind, page.id, page.count, act.title, act.starts_at as "startsAt", act.type, act.mode, act.role,
      act.theme, act.departement, case when act.calcul = 'corrige' then act.half_days_reason end as reason,
      shared.state as sharing, shared.common_id as "commonId"`,
    joins: sql`join act on act.rank = page.rank join activities.attributed shared on shared.activity_id = page.id`,
  },
  presence: {
    orders: { jour: byDay, activite: byTitle, personne: byName },
    usual: { key: 'jour', direction: 'asc' },
    picked: sql`pres.id, pres.rank, pres.person_id`,
    id: sql`pres.id`,
    names: sql`join directory.person_card card on card.id = pres.person_id`,
    columns: sql`'presence' as kind, page.id, page.count, t.mode, t.source, ${personColumns}`,
    joins: personJoins,
  },
  person: {
    orders: { personne: byName, nombre: { by: sql`came.presences` }, jour: byDay },
    usual: { key: 'personne', direction: 'asc' },
    picked: sql`folk.id, folk.rank, folk.person_id, came.presences`,
    id: sql`folk.person_id`,
    names: sql`join directory.person_card card on card.id = folk.person_id`,
    columns: sql`'person' as kind, page.person_id as id, page.count, page.presences, ${personColumns}`,
    joins: personJoins,
  },
  parcours: {
    orders: { personne: byName, nombre: { by: sql`walk.attended` }, jour: byDay },
    usual: { key: 'personne', direction: 'asc' },
    picked: sql`walk.id, walk.rank, walk.person_id, walk.serie, walk.attended, walk.held`,
    id: sql`walk.person_id`,
    names: sql`join directory.person_card card on card.id = walk.person_id`,
    columns: sql`'parcours' as kind, page.person_id || ' ' || page.serie as id, page.count, page.serie, page.attended, page.held,
      ${personColumns}`,
    joins: personJoins,
  },
}

export const rowSorts = (kind: RowKind) => ({
  sortable: Object.keys(shapes[kind].orders),
  defaultSort: shapes[kind].usual,
})

/** A page of the rows of a source, and how many there are. The page is picked first; names and labels are joined to it alone. */
export async function rowsOf(db: Database, source: Source, scope: Scope, page: RowPage): Promise<FigureRows<AnyRow>> {
  const shape = shapes[source.rowKind]
  const { key, direction } = page.sort ?? shape.usual
  const order = shape.orders[key] ?? shape.orders[shape.usual.key]!
  const dated = source.rowKind === 'person' ? sql`join act on act.rank = folk.rank` : sql``
  const from = source.from(scope, sql`${dated} ${order.names ? shape.names : sql``}`)
  const { rows } = await db.execute<
    AnyRow & Record<string, unknown>
  >(sql`with ${source.ctes(scope)}, page as materialized (
  select ${shape.picked}, ${source.weight} as count,
    row_number() over (order by ${order.by} ${sql.raw(direction === 'desc' ? 'desc' : 'asc')}, act.rank, ${shape.id}) as position
  ${from} order by position limit ${page.limit} offset ${page.offset}
) select ${shape.columns} from page ${shape.joins} order by page.position`)
  return {
    total: await countRows(db, source, scope),
    // raw statements give instants as text
    rows: rows.map((row) => ({ ...row, startsAt: new Date(row.startsAt) })),
  }
}

async function countRows(db: Database, source: Source, scope: Scope): Promise<number> {
  const { rows } = await db.execute<{ total: number }>(
    sql`with ${source.ctes(scope)} select count(*)::int as total ${source.from(scope)}`,
  )
  return rows[0]!.total
}
