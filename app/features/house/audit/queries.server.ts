import { sql, type SQL } from 'drizzle-orm'
import { type FieldChanges, recordChange } from '#app/platform/changes.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { formatDate, formatDateTime, fromParis, joinList } from '#app/ui/french.ts'
import { actionLabel, codeLabel, entityHref, entityLabel, fieldLabel } from '../labels.ts'

export interface TrailFilters {
  /** Part of the name of who acted. */
  who: string
  entities: readonly string[]
  /** Days of Paris, both included. */
  from: string | null
  to: string | null
}

export interface TrailEntry {
  id: string
  at: Date
  who: string
  what: string
  entity: string
  /** The name of the record, or of its kind once it is gone. */
  about: string
  href: string | null
  changes: { field: string; before: string; after: string }[]
}

interface Row extends Record<string, unknown> {
  id: number
  at: string
  actor_label: string
  action: string
  entity: string
  entity_id: string
  fields: FieldChanges
}

export async function countTrail(ctx: AppContext, filters: TrailFilters): Promise<number> {
  if (!can(ctx.actor, 'audit:read')) return 0
  const { rows } = await ctx.db.execute<{ total: number }>(
    sql`select count(*)::int as total from platform.change c where ${matching(filters)}`,
  )
  return rows[0]!.total
}

/** Who changed what, when, field by field, in words; the latest first. */
export async function readTrail(
  ctx: AppContext,
  filters: TrailFilters,
  { limit, offset = 0 }: { limit: number; offset?: number },
): Promise<TrailEntry[]> {
  if (!can(ctx.actor, 'audit:read')) return []
  const { rows } = await ctx.db.execute<Row>(sql`
    select c.id, c.at, c.actor_label, c.action, c.entity, c.entity_id, c.fields from platform.change c
    where ${matching(filters)} order by c.id desc limit ${limit} offset ${offset}`)
  const names = await namesOf(ctx.db, rows)
  return rows.map((row) => entryOf(row, names))
}

/** What leaves with personal data in it leaves a trace too. */
export async function traceExport(ctx: AppContext, lines: number): Promise<void> {
  await recordChange(ctx.db, ctx, {
    action: 'house.trail-exported',
    entity: 'export',
    entityId: 'journal',
    fields: { lines: [null, lines] },
  })
}

function matching({ who, entities, from, to }: TrailFilters): SQL {
  const asked: SQL[] = []
  if (who) asked.push(sql`position(platform.normalise(${who}) in platform.normalise(c.actor_label)) > 0`)
  if (entities.length > 0) asked.push(sql`c.entity = any(${sql.param([...entities])}::text[])`)
  if (from) asked.push(sql`c.at >= ${fromParis(from).toISOString()}::timestamptz`)
  if (to) asked.push(sql`c.at < ${fromParis(dayAfter(to)).toISOString()}::timestamptz`)
  return asked.length === 0 ? sql`true` : sql.join(asked, sql` and `)
}

const dayAfter = (day: string) => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const CODE = /^[a-z]+[:-][\w-]{1,80}$/

/** The names behind the ids of a page of the trail, in one query. */
async function namesOf(db: Database, rows: readonly Row[]): Promise<ReadonlyMap<string, string>> {
  const values = rows.flatMap(({ entity_id, fields }) => [entity_id, ...Object.values(fields).flat(2).flatMap(held)])
  const ids = [...new Set(values.filter((text) => typeof text === 'string'))]
  const [uuids, coded] = [ids.filter((id) => UUID.test(id)), ids.filter((id) => CODE.test(id))]
  if (uuids.length + coded.length === 0) return new Map()
  const any = (list: string[], type: 'uuid' | 'text') => sql`any(${sql.param(list)}::${sql.raw(type)}[])`
  const { rows: found } = await db.execute<{ id: string; name: string }>(sql`
    select id::text, full_name as name from directory.person_card where id = ${any(uuids, 'uuid')}
    union all select id::text, name from directory.organisation_card where id = ${any(uuids, 'uuid')}
    union all select id::text, title from activities.activity where id = ${any(uuids, 'uuid')}
    union all select id::text, title from activities.series where id = ${any(uuids, 'uuid')}
    union all select a.id::text, p.full_name || ', ' || t.title from activities.attendance a
      join directory.person_card p on p.id = a.person_id join activities.activity t on t.id = a.activity_id
      where a.id = ${any(uuids, 'uuid')}
    union all select u.id::text, p.full_name from accounts."user" u join directory.person_card p on p.id = u.person_id
      where u.id = ${any(uuids, 'uuid')}
    union all select id::text, subject from platform.mail where id = ${any(uuids, 'uuid')}
    union all select id, label from platform.term where id = ${any(coded, 'text')}
    union all select id, name from territory.territory_card where id = ${any(coded, 'text')}`)
  return new Map(found.map(({ id, name }) => [id, name]))
}

/** Attributes of a term hold codes of other vocabularies: { anct: 'formation' } is the term « anct:formation ». */
const held = (value: unknown): unknown[] =>
  value !== null && typeof value === 'object'
    ? Object.entries(value).flatMap(([key, one]) => [one, `${key}:${String(one)}`])
    : [value]

function entryOf(row: Row, names: ReadonlyMap<string, string>): TrailEntry {
  const { entity, entity_id: id } = row
  const name = names.get(id)
  const linked = name !== undefined || entity === 'centre' || entity === 'term'
  return {
    id: String(row.id),
    at: new Date(row.at),
    who: row.actor_label,
    what: actionLabel(row.action),
    entity,
    about: name ?? entityLabel(entity),
    href: linked ? entityHref(entity, id) : null,
    changes: Object.entries(row.fields)
      .map(([field, [before, after]]) => ({
        field: fieldLabel(entity, field),
        before: words(entity, field, before, names),
        after: words(entity, field, after, names),
      }))
      .filter(({ before, after }) => before !== after),
  }
}

/** A value kept by the trail, as one reads it; nothing is the empty text. */
function words(entity: string, field: string, value: unknown, names: ReadonlyMap<string, string>): string {
  if (value === null || value === undefined || value === '') return ''
  if (typeof value === 'boolean') return value ? 'oui' : 'non'
  if (Array.isArray(value)) return joinList(value.map((one) => words(entity, field, one, names)).filter(Boolean))
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([key, one]) => words(entity, key, one, names))
      .filter(Boolean)
      .join(', ')
  const text = String(value)
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return formatDate(text)
  if (/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(text)) return formatDateTime(new Date(text))
  return (
    codeLabel(entity, field, text) ??
    names.get(text) ??
    names.get(`${field}:${text}`) ??
    (UUID.test(text) ? 'une fiche effacée' : text)
  )
}
