import { sql } from 'drizzle-orm'
import { organisationByName } from '#app/features/directory/index.server.ts'
import { recordChange } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { readCentre } from '#app/platform/settings.server.ts'
import { readLink } from '#app/platform/signed-link.server.ts'
import type { AttendanceMode, AttendanceStatus } from '../labels.ts'
import { invitation } from './calendar.server.ts'
import { type ActivityFacts, activityFacts, modesOf } from './facts.server.ts'
import { notifyAll } from './notify.server.ts'
import { leave } from './leave.server.ts'
import { holdActivity, moveUp, placesOf } from './places.server.ts'
import { type Practical, practicalOf } from './practical.ts'
import { type Answers, checkAnswers } from './questions.ts'
import { hasRoom, registrationState } from './state.ts'
import { ticketOf } from './ticket.server.ts'
import { allOrNothing } from './undo.server.ts'
import type { Problem } from './register.server.ts'

/** `forged` says nothing of what exists; `expired` is only said of a link that was ours. */
export type LinkError = { type: 'forged' } | { type: 'expired' }

export interface OwnRegistration {
  id: string
  status: AttendanceStatus
  mode: AttendanceMode
  function: string | null
  organisationName: string | null
  accessibilityNeeds: string | null
  answers: Answers
  givenName: string
  fullName: string
  email: string | null
  /** On the waiting list: how many come before. */
  ahead: number
  /** While it may still be changed or given back. */
  open: boolean
  /** What one who holds this place may know. */
  practical: Practical
  /** Read at the door; only for who holds a place there. */
  ticket: string | null
  activity: ActivityFacts
}

type Row = Omit<OwnRegistration, 'open' | 'practical' | 'ticket' | 'activity'> & {
  activityId: string
  linkVersion: number
}

/** What a signed link opens. A link of before a cancellation of links, or of more than thirty days after the end, opens nothing. */
export async function readOwn(ctx: AppContext, token: string): Promise<Result<OwnRegistration, LinkError>> {
  const link = readLink(ctx.secret, 'own-registration', token, ctx.now())
  if (link.state !== 'valid') return err({ type: link.state })
  const { rows } = await ctx.db.execute<Row & Record<string, unknown>>(sql`
    select n.id, n.activity_id as "activityId", n.link_version as "linkVersion", n.status, n.mode, n.function,
      n.organisation_name as "organisationName", n.accessibility_needs as "accessibilityNeeds", n.answers,
      p.given_name as "givenName", p.full_name as "fullName", p.email,
      case when n.status = 'waitlisted' then (select count(*)::int from activities.attendance w
        where w.activity_id = n.activity_id and w.status = 'waitlisted' and w.mode = n.mode and w.arrival < n.arrival)
        else 0 end as ahead
    from activities.attendance n join directory.person_card p on p.id = n.person_id where n.id = ${link.id}`)
  const [row] = rows
  if (!row || row.linkVersion !== link.version) return err({ type: 'expired' })
  const { activityId, linkVersion: _version, ...own } = row
  const activity = await activityFacts(ctx.db, { id: activityId })
  const state = registrationState(activity!, ctx.now())
  const inPlace = own.status === 'registered' || own.status === 'waitlisted'
  return ok({
    ...own,
    activity: activity!,
    open: inPlace && state !== 'cancelled' && state !== 'over',
    practical: practicalOf(activity!, own),
    ticket: ticketOf(ctx, row, activity!),
  })
}

/** Whose registration a link opens, for what concerns the person rather than this activity. */
export async function ownPerson(
  ctx: AppContext,
  token: string,
): Promise<Result<{ personId: string; attendanceId: string; email: string | null }, LinkError>> {
  const own = await readOwn(ctx, token)
  if (!own.ok) return own
  const { rows } = await ctx.db.execute<{ personId: string; email: string | null }>(sql`
    select k.id as "personId", k.email from activities.attendance n join directory.person_card c on c.id = n.person_id
    join directory.person_card k on k.id = c.identity_id where n.id = ${own.value.id}`)
  return ok({ ...rows[0]!, attendanceId: own.value.id })
}

export interface OwnChange {
  mode: AttendanceMode | null
  function: string | null
  organisation: string | null
  accessibilityNeeds: string | null
  answers: Answers
}

export type ChangeOwnError =
  | LinkError
  | { type: 'over' }
  | { type: 'full'; mode: AttendanceMode }
  | { type: 'invalid'; problems: Problem[] }

/** Changes one's registration. Another way of taking part is only had where a place is free: the present one is kept otherwise. */
export async function changeOwn(
  ctx: AppContext,
  token: string,
  input: OwnChange,
): Promise<Result<null, ChangeOwnError>> {
  const own = await readOwn(ctx, token)
  if (!own.ok) return own
  const { id, activity, open } = own.value
  if (!open) return err({ type: 'over' })
  const wanted = modesOf(activity.mode).length === 1 ? modesOf(activity.mode)[0]! : (input.mode ?? own.value.mode)
  const { answers, problems } = checkAnswers(activity.questions, input.answers, wanted)
  if (problems.length > 0)
    return err({
      type: 'invalid',
      problems: problems.map(({ questionId, problem }) => ({ field: `answers.${questionId}`, problem })),
    })
  const found = input.organisation ? await organisationByName(ctx.db, input.organisation) : null
  return allOrNothing(ctx, async (tx) => {
    const moved = wanted === own.value.mode ? ok(null) : await changeMode(tx, ctx, own.value, wanted)
    if (!moved.ok) return moved
    await tx.execute(sql`
      update activities.attendance set function = ${input.function}, answers = ${JSON.stringify(answers)}::jsonb,
        organisation_id = ${found?.id ?? null}, organisation_name = ${found?.name ?? input.organisation},
        accessibility_needs = ${activity.askAccessibility ? input.accessibilityNeeds : own.value.accessibilityNeeds}
      where id = ${id}`)
    await recordChange(tx, ctx, {
      action: 'activities.registration-changed',
      entity: 'attendance',
      entityId: id,
      fields: wanted === own.value.mode ? {} : { mode: [own.value.mode, wanted] },
    })
    await notifyAll(tx, ctx, 'updated', [id])
    await moveUp(tx, ctx, activity.id)
    return ok(null)
  })
}

/** Under the lock of the activity: a free place, or the end of the other queue for who has no place to lose. */
async function changeMode(
  tx: Database,
  ctx: AppContext,
  { id, activity, status }: OwnRegistration,
  wanted: AttendanceMode,
): Promise<Result<null, { type: 'full'; mode: AttendanceMode }>> {
  const held = await holdActivity(tx, activity.id)
  const standing = held && (await placesOf(tx, held))[wanted]
  const room = standing && hasRoom(standing)
  if (!standing || (!room && status !== 'waitlisted')) return err({ type: 'full', mode: wanted })
  await tx.execute(sql`
    update activities.attendance set mode = ${wanted}, status = ${room ? 'registered' : 'waitlisted'}, arrival = default,
      status_at = ${ctx.now().toISOString()}
    where id = ${id}`)
  return ok(null)
}

/** Gives the place back; it goes to the next person. */
export async function cancelOwn(ctx: AppContext, token: string): Promise<Result<null, LinkError | { type: 'over' }>> {
  const own = await readOwn(ctx, token)
  if (!own.ok) return own
  if (own.value.status === 'cancelled') return ok(null)
  if (!own.value.open) return err({ type: 'over' })
  await leave(ctx, own.value.id)
  return ok(null)
}

/** The calendar file of one’s own registration. */
export async function ownCalendar(ctx: AppContext, token: string): Promise<Result<string, LinkError>> {
  const own = await readOwn(ctx, token)
  if (!own.ok) return own
  const { activity, fullName, email, practical, status } = own.value
  const { name, email: from } = await readCentre(ctx.db)
  const gone = status === 'cancelled' || activity.status === 'cancelled'
  return ok(
    invitation(gone ? 'CANCEL' : 'REQUEST', {
      entries: [{ activity: { ...activity, updatedAt: ctx.now() }, own: practical }],
      house: { name, email: from, baseUrl: ctx.baseUrl },
      attendee: { name: fullName, email: email ?? from },
      now: ctx.now(),
    }),
  )
}
