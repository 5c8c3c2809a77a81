import { changesOf, type FieldChanges } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { formatDateTime, formatDateTimeRange, formatNumber, nb } from '#app/ui/french.ts'
import {
  type ActivityRole,
  type ActivityStatus,
  activityActionLabels,
  activityFieldLabels,
  type Mode,
  modeLabels,
  roleLabels,
  type Scale,
  scaleLabels,
  statusLabels,
  type Visibility,
  visibilityLabels,
} from '../labels.ts'
import { attendanceActionLabels } from '../attendance/trace-labels.ts'
import { mayReadActivities } from '../policy.ts'
import { namesFor } from './names.server.ts'

export interface FieldSaid {
  field: string
  before: string
  after: string
}

export interface HistoryLine {
  id: string
  at: Date
  who: string
  what: string
  changes: FieldSaid[]
}

/** What happened to an activity, in words; null: not for this actor. */
export async function historyOf(ctx: AppContext, activityId: string): Promise<HistoryLine[] | null> {
  if (!mayReadActivities(ctx.actor)) return null
  const traces = await changesOf(ctx.db, 'activity', activityId)
  const names = await namesIn(
    ctx.db,
    traces.map(({ fields }) => fields),
  )
  return traces.map(({ id, at, actorLabel, action, fields }) => ({
    id: String(id),
    at,
    who: actorLabel,
    what: activityActionLabels[action] ?? attendanceActionLabels[action] ?? 'Modification',
    changes: sayFields(fields, names),
  }))
}

/** The fields of a refused version, in words. */
export const sayChanges = async (db: Database, fields: FieldChanges): Promise<FieldSaid[]> =>
  sayFields(fields, await namesIn(db, [fields]))

type Names = ReadonlyMap<string, string>

/** In the order of the form: the database keeps them in its own. */
function sayFields(fields: FieldChanges, names: Names): FieldSaid[] {
  return Object.entries(activityFieldLabels).flatMap(([field, label]) => {
    const change = Object.hasOwn(fields, field) ? fields[field] : undefined
    if (!change) return []
    return [{ field: label, before: sayValue(field, change[0], names), after: sayValue(field, change[1], names) }]
  })
}

const said: Record<string, (value: unknown) => string> = {
  mode: (value) => modeLabels[value as Mode],
  role: (value) => roleLabels[value as ActivityRole],
  scale: (value) => scaleLabels[value as Scale],
  status: (value) => statusLabels[value as ActivityStatus],
  visibility: (value) => visibilityLabels[value as Visibility],
  unidentifiedBasis: (value) => (value === 'estimated' ? 'estimées' : 'comptées'),
  registrationClosesAt: (value) => formatDateTime(String(value)),
  sessions: (value) => {
    const [start = '', end = ''] = String(value).split('/')
    return formatDateTimeRange(new Date(start), new Date(end), 'long')
  },
}

function sayValue(field: string, value: unknown, names: Names): string {
  if (value === null || value === undefined || value === '') return ''
  if (Array.isArray(value)) return value.map((one) => sayValue(field, one, names)).join(' ; ')
  if (typeof value === 'boolean') return value ? 'oui' : 'non'
  if (typeof value === 'number') return formatNumber(value)
  const text = said[field]?.(value) ?? names.get(String(value)) ?? String(value)
  return nb(text.length > 300 ? `${text.slice(0, 300)}…` : text)
}

const REFERENCES = ['kindId', 'mainThemeId', 'themes', 'territories', 'departementId', 'seriesId', 'leadPersonId']

const namesIn = (db: Database, traces: readonly FieldChanges[]) =>
  namesFor(
    db,
    traces.flatMap((fields) => REFERENCES.flatMap((field) => [fields[field] ?? []].flat(2))),
  )
