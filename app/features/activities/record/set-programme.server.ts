import { and, asc, eq, inArray, notInArray } from 'drizzle-orm'
import { personCards } from '#app/features/directory/index.server.ts'
import { changedFields } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { formatDateTime, fromParis, isoDay } from '#app/ui/french.ts'
import { programmeItems, speakers } from '../schema.server.ts'
import { type Activity, type Edit, editActivity, type EditError, type EditTarget } from './editing.server.ts'
import type { ProgrammeInput, SpeakerInput } from './inputs.server.ts'
import { organisationNames } from './write-partners.server.ts'

/** `path` is the line of the form, « items.0.speakers.1 ». */
export type ProgrammeProblem =
  | { type: 'moment-outside'; path: string }
  | { type: 'moment-without-day'; path: string }
  | { type: 'speaker-without-name'; path: string }
  | { type: 'unknown-person'; path: string }
  | { type: 'unknown-organisation'; path: string }

type SetProgrammeError = EditError | ProgrammeProblem

export interface Programme {
  items: (typeof programmeItems.$inferSelect)[]
  speakers: (typeof speakers.$inferSelect)[]
}

export async function programmeOf(db: Database, activityId: string): Promise<Programme> {
  const items = await db
    .select()
    .from(programmeItems)
    .where(eq(programmeItems.activityId, activityId))
    .orderBy(asc(programmeItems.position))
  const people = await db
    .select()
    .from(speakers)
    .where(eq(speakers.activityId, activityId))
    .orderBy(asc(speakers.position))
  return { items, speakers: people }
}

/** The programme becomes exactly this, in this order: moments with those who speak in them, then those of the whole activity. */
export const setProgramme = (
  ctx: AppContext,
  target: EditTarget,
  input: ProgrammeInput,
): Promise<Result<Activity, SetProgrammeError>> =>
  editActivity<ProgrammeProblem>(ctx, target, async (tx, activity) => {
    const cards = await cardsOf(tx, input)
    const problem = momentProblem(activity, input) ?? speakerProblem(cards, input)
    if (problem) return err(problem)
    return write(tx, activity, input, cards)
  })

interface Cards {
  people: Map<string, string>
  organisations: Map<string, string>
}

const withPaths = ({ items, speakers: general }: ProgrammeInput) => [
  ...items.flatMap(({ speakers: list }, i) => list.map((one, j) => ({ one, path: `items.${i}.speakers.${j}` }))),
  ...general.map((one, j) => ({ one, path: `speakers.${j}` })),
]

async function cardsOf(tx: Database, input: ProgrammeInput): Promise<Cards> {
  const all = withPaths(input).map(({ one }) => one)
  const ids = all.flatMap(({ personId }) => personId ?? [])
  const people =
    ids.length === 0
      ? []
      : await tx
          .select({ id: personCards.id, name: personCards.fullName })
          .from(personCards)
          .where(inArray(personCards.id, ids))
  const organisations = await organisationNames(
    tx,
    all.flatMap(({ organisationId }) => organisationId ?? []),
  )
  return { people: new Map(people.map(({ id, name }) => [id, name])), organisations }
}

const DAY = 24 * 60 * 60 * 1000

/** A moment lies within the days of the activity; its day is the first one unless it says otherwise. */
function momentProblem({ startsAt, endsAt }: Activity, { items }: ProgrammeInput): ProgrammeProblem | null {
  for (const [index, item] of items.entries()) {
    const moment = momentOf(startsAt, item)
    if (item.time && !moment) return { type: 'moment-without-day', path: `items.${index}.time` }
    if (
      moment &&
      startsAt &&
      endsAt &&
      (isoDay(moment) < isoDay(startsAt) || moment.getTime() > endsAt.getTime() + DAY / 2)
    )
      return { type: 'moment-outside', path: `items.${index}.${item.day ? 'day' : 'time'}` }
  }
  return null
}

function momentOf(startsAt: Date | null, { day, time }: ProgrammeInput['items'][number]): Date | null {
  const on = day ?? (startsAt && isoDay(startsAt))
  return time && on ? fromParis(on, time) : null
}

function speakerProblem({ people, organisations }: Cards, input: ProgrammeInput): ProgrammeProblem | null {
  for (const { one, path } of withPaths(input)) {
    if (one.personId && !people.has(one.personId)) return { type: 'unknown-person', path: `${path}.name` }
    if (!one.personId && !one.name) return { type: 'speaker-without-name', path: `${path}.name` }
    if (one.organisationId && !organisations.has(one.organisationId))
      return { type: 'unknown-organisation', path: `${path}.organisationName` }
  }
  return null
}

async function write(
  tx: Database,
  activity: Activity,
  input: ProgrammeInput,
  cards: Cards,
): Promise<Result<Edit | null, never>> {
  const before = await programmeOf(tx, activity.id)
  const itemIds = await writeItems(tx, activity, before, input)
  await tx.delete(speakers).where(eq(speakers.activityId, activity.id))
  const rows = withPaths(input).map(({ one, path }, position) => ({
    ...speakerRow(one, cards, before),
    activityId: activity.id,
    position,
    programmeItemId: path.startsWith('items.') ? itemIds[Number(path.split('.')[1])]! : null,
  }))
  if (rows.length > 0) await tx.insert(speakers).values(rows)
  const fields = changedFields(traceOf(before), traceOf(await programmeOf(tx, activity.id)))
  return ok(Object.keys(fields).length === 0 ? null : { action: 'activities.programme-set', fields })
}

async function writeItems(tx: Database, activity: Activity, before: Programme, { items }: ProgrammeInput) {
  const known = new Set(before.items.map(({ id }) => id))
  const kept = items.flatMap(({ id }) => (id && known.has(id) ? [id] : []))
  const gone = kept.length > 0 ? notInArray(programmeItems.id, kept) : undefined
  await tx.delete(programmeItems).where(and(eq(programmeItems.activityId, activity.id), gone))
  const ids: string[] = []
  for (const [position, item] of items.entries()) {
    const { title, description } = item
    const row = { activityId: activity.id, position, startsAt: momentOf(activity.startsAt, item), title, description }
    const id = item.id && known.has(item.id) ? item.id : crypto.randomUUID()
    await tx
      .insert(programmeItems)
      .values({ ...row, id })
      .onConflictDoUpdate({ target: programmeItems.id, set: row })
    ids.push(id)
  }
  return ids
}

/** The name and the organisation as they were that day: said in the form, else those of the directory. */
function speakerRow(one: SpeakerInput, { people, organisations }: Cards, before: Programme) {
  const id = one.id && before.speakers.some((speaker) => speaker.id === one.id) ? one.id : crypto.randomUUID()
  return {
    id,
    personId: one.personId,
    name: one.name ?? people.get(one.personId!)!,
    function: one.function,
    organisationId: one.organisationId,
    organisationName: one.organisationName ?? (one.organisationId ? organisations.get(one.organisationId)! : null),
  }
}

const traceOf = ({ items, speakers: people }: Programme) => ({
  programme: items.map(({ startsAt, title, description }) =>
    [startsAt && formatDateTime(startsAt, 'numeric'), title, description].filter(Boolean).join(' · '),
  ),
  speakers: people.map(({ name, function: role, organisationName }) =>
    [name, role, organisationName].filter(Boolean).join(', '),
  ),
})
