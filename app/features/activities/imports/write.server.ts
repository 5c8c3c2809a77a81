import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import {
  type PersonLine,
  type PersonVerdict,
  recordChanges,
  recordset,
  situationsAt,
  writePeople,
} from '#app/features/directory/index.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import type { ImportChoices, ImportRun, ImportTrace, StagedLine, Verdict, WrittenLines } from '#app/platform/imports.ts'
import { slugOf } from '../record/slug.ts'
import type { SameActivity } from './known.server.ts'
import type { ActivitySaid, PresenceSaid } from './line.server.ts'

export type PresenceLine = Omit<StagedLine, 'said'> & { said: PresenceSaid }
export type PresenceVerdict = Verdict & { same: SameActivity; person: PersonVerdict | null; listed: boolean }

/** The activities that are missing, the people, then who was where: a fixed number of statements for a batch. */
export async function writePresences(
  tx: Database,
  run: ImportRun,
  lines: readonly PresenceLine[],
  verdicts: ReadonlyMap<number, PresenceVerdict>,
  choices: ImportChoices,
): Promise<WrittenLines> {
  const usable = lines.filter(({ line }) => !['rejected', 'doubtful'].includes(verdicts.get(line)!.outcome))
  const made = await makeActivities(tx, run.ctx, usable, verdicts)
  const named = usable.filter(({ said }) => said.person)
  const people = await writePeople(
    tx,
    run,
    named.map(({ said, ...line }): PersonLine => ({ ...line, said: said.person! })),
    new Map(named.map(({ line }) => [line, verdicts.get(line)!.person!])),
    choices,
  )
  const activityOf = (line: number) => {
    const { same } = verdicts.get(line)!
    return same.id ?? made.ids.get(same.key)!
  }
  const attendance = await addAttendance(tx, run.ctx, named, verdicts, activityOf, people)
  const targets = new Map(usable.map(({ line }) => [line, people.people.get(line) ?? activityOf(line)]))
  return { traces: [...made.traces, ...people.traces, ...attendance], targets }
}

async function makeActivities(
  tx: Database,
  ctx: AppContext,
  lines: readonly PresenceLine[],
  verdicts: ReadonlyMap<number, PresenceVerdict>,
) {
  const drafts = new Map<string, ActivitySaid & { id: string; line: number }>()
  for (const { line, said } of lines) {
    const { same } = verdicts.get(line)!
    const draft = drafts.get(same.key)
    if (draft) draft.count = Math.min(100_000, draft.count + said.activity.count)
    else if (!same.id) drafts.set(same.key, { ...said.activity, id: randomUUID(), line })
  }
  await insertActivities(tx, ctx, [...drafts.values()])
  const traces = [...drafts.values()].map(
    ({ id, line }): ImportTrace => ({ line, entity: 'activity', entityId: id, act: 'made' }),
  )
  return { ids: new Map([...drafts].map(([key, { id }]) => [key, id])), traces }
}

/** Recorded as held, without a public page: nobody had announced them here. */
async function insertActivities(tx: Database, ctx: AppContext, drafts: readonly (ActivitySaid & { id: string })[]) {
  if (drafts.length === 0) return
  const now = ctx.now().toISOString()
  // the number makes the address free without asking; it is known to the team only
  const rows = drafts.map((draft) => ({ ...draft, slug: `${slugOf(draft.title, draft.day)}-${draft.id.slice(0, 8)}` }))
  await tx.execute(sql`
    insert into activities.activity (id, slug, kind_id, title, status, visibility, mode, role, scale, main_theme_id, place, departement_id,
      unidentified_count, published_at, created_at, updated_at)
    select r.id, r.slug, r."kindId", r.title, 'published', 'internal', r.mode, r.role, r.scale, r."themeId", r.place, r."departementId",
      r.count, ${now}::timestamptz, ${now}::timestamptz, ${now}::timestamptz
    from ${recordset(rows, 'id uuid, slug text, "kindId" text, title text, mode text, role text, scale text, "themeId" text, place text, "departementId" text, count int')}`)
  await tx.execute(sql`
    insert into activities.session (activity_id, starts_at, ends_at)
    select r.id, (r.day + r.start) at time zone 'Europe/Paris', (r.day + r."end") at time zone 'Europe/Paris'
    from ${recordset(rows, 'id uuid, day date, start time, "end" time')}`)
  await recordChanges(
    tx,
    ctx,
    drafts.map(({ id }) => ({
      action: 'activities.created',
      entity: 'activity',
      entityId: id,
      fields: { source: [null, 'import'] },
    })),
  )
}

interface People {
  people: ReadonlyMap<number, string>
  organisations: ReadonlyMap<string, string>
}

async function addAttendance(
  tx: Database,
  ctx: AppContext,
  lines: readonly PresenceLine[],
  verdicts: ReadonlyMap<number, PresenceVerdict>,
  activityOf: (line: number) => string,
  { people, organisations }: People,
): Promise<ImportTrace[]> {
  const wanted = lines.filter(({ line }) => !verdicts.get(line)!.listed && people.has(line))
  if (wanted.length === 0) return []
  const days = wanted.map(({ line, said }) => ({ personId: people.get(line)!, day: said.activity.day }))
  const known = await situationsAt(tx, days)
  const rows = wanted.map(({ line, said: { activity, person, status } }) => {
    const personId = people.get(line)!
    const there = known.get(`${personId} ${activity.day}`)
    const organisationId = person!.organisation ? (organisations.get(person!.organisation) ?? null) : null
    const said = person!.organisation !== null
    return {
      id: randomUUID(),
      line,
      activityId: activityOf(line),
      personId,
      status,
      mode: activity.mode === 'distanciel' ? 'remote' : 'onsite',
      profileId: person!.profileId ?? there?.profileId ?? null,
      function: person!.function ?? there?.function ?? null,
      organisationId: said ? organisationId : (there?.organisationId ?? null),
      organisationName: person!.organisation ?? there?.organisationName ?? null,
      departementId: person!.departementId ?? there?.departementId ?? null,
      day: activity.day,
      start: activity.start,
    }
  })
  return insertAttendance(tx, ctx, rows)
}

/** Dated as the activity itself: somebody's last own action is that day, not the day of the import. */
async function insertAttendance(tx: Database, ctx: AppContext, rows: readonly { id: string; line: number }[]) {
  const { rows: added } = await tx.execute<{ id: string }>(sql`
    insert into activities.attendance (id, activity_id, person_id, status, mode, source, profile_id, function, organisation_id, organisation_name,
      departement_id, registered_at, status_at)
    select r.id, r."activityId", r."personId", r.status, r.mode, 'import', r."profileId", r.function, r."organisationId", r."organisationName",
      r."departementId", (r.day + r.start) at time zone 'Europe/Paris', (r.day + r.start) at time zone 'Europe/Paris'
    from ${recordset(rows, 'id uuid, "activityId" uuid, "personId" uuid, status text, mode text, "profileId" text, function text, "organisationId" uuid, "organisationName" text, "departementId" text, day date, start time')}
    on conflict (activity_id, person_id) do nothing returning id`)
  const kept = new Set(added.map(({ id }) => id))
  const made = rows.filter(({ id }) => kept.has(id))
  await recordChanges(
    tx,
    ctx,
    made.map(({ id }) => ({ action: 'attendance.imported', entity: 'attendance', entityId: id, fields: {} })),
  )
  return made.map(({ id, line }): ImportTrace => ({ line, entity: 'attendance', entityId: id, act: 'made' }))
}
