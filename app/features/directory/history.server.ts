import { sql } from 'drizzle-orm'
import { changesOf, type RecordedChange } from '#app/platform/changes.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { formatDate } from '#app/ui/french.ts'
import { organisationsMerged, peopleMerged } from './duplicates/kinds.server.ts'
import { consentHowLabel, directoryActionLabels, fieldLabels, sourceLabels } from './labels.ts'
import { formatSiret } from './siret.ts'

export interface HistoryEntry {
  id: string
  at: Date
  who: string
  what: string
  /** Two records became one: the page of merges undoes it. */
  merge: boolean
  changes: { field: string; before: string; after: string }[]
}

/** What happened to a record, field by field, in words; null where the role may not read it. */
export async function historyOf(
  ctx: AppContext,
  entity: 'person' | 'organisation',
  id: string,
): Promise<HistoryEntry[] | null> {
  if (!can(ctx.actor, 'audit:read')) return null
  const changes = await changesOf(ctx.db, entity, id, 50)
  const readable = await readableValues(
    ctx.db,
    changes.map(({ fields }) => fields),
  )
  return changes.map((change) => ({
    id: String(change.id),
    at: change.at,
    who: change.actorLabel,
    what: directoryActionLabels[change.action] ?? 'Modification',
    merge: mergeActions.includes(change.action),
    changes: readable(change.fields),
  }))
}

const mergeActions: readonly string[] = [peopleMerged, organisationsMerged].map(({ name }) => name)

/** Turns changed fields into words; the names behind all of their ids are read at once. */
export async function readableValues(db: Database, all: readonly RecordedChange['fields'][]) {
  const names = await namesOf(db, all)
  return (fields: RecordedChange['fields']) =>
    inOrder(fields).map(([field, [before, after]]) => ({
      field: fieldLabels[field] ?? 'Autre champ',
      before: words(field, before, names),
      after: words(field, after, names),
    }))
}

/** As the forms have them; the database keeps them in an order of its own. */
const order = Object.keys(fieldLabels)
const inOrder = (fields: RecordedChange['fields']) =>
  Object.entries(fields).sort(([one], [other]) => order.indexOf(one) - order.indexOf(other))

/** The names behind the ids: terms, territories, organisations. */
async function namesOf(db: Database, all: readonly RecordedChange['fields'][]): Promise<Map<string, string>> {
  const values = all.flatMap((fields) => Object.values(fields).flat())
  const ids = [...new Set(values.filter((value) => typeof value === 'string' && value.length < 100))]
  if (ids.length === 0) return new Map()
  const { rows } = await db.execute<{ id: string; name: string }>(sql`
    select id, label as name from platform.term where id = any(${sql.param(ids)}::text[])
    union all select id, name from territory.territory_card where id = any(${sql.param(ids)}::text[])
    union all select id::text, name from directory.organisation where id::text = any(${sql.param(ids)}::text[])`)
  return new Map(rows.map(({ id, name }) => [id, name]))
}

function words(field: string, value: unknown, names: ReadonlyMap<string, string>): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? 'accepté' : 'refusé'
  const text = String(value)
  if (field === 'siret') return formatSiret(text)
  if (field === 'how') return consentHowLabel(text)
  if (field === 'source') return sourceLabels[text] ?? 'Autre origine'
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return formatDate(text, 'numeric')
  return names.get(text) ?? text
}
