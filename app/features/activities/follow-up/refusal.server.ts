import { sql } from 'drizzle-orm'
import { recordChange } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import { ok, type Result } from '#app/platform/result.ts'
import { type LinkError, readOwn } from '../registration/own.server.ts'

export interface FollowUpChoice {
  fullName: string
  /** Said at any of their activities, it holds for all. */
  refused: boolean
}

const ofPerson = (attendanceId: string) => sql`person_id in (
  select c.id from directory.person_card c where c.identity_id = (
    select o.identity_id from activities.attendance n join directory.person_card o on o.id = n.person_id where n.id = ${attendanceId}))`

/** Whether the person of this link wants no message once an activity is over. */
export async function followUpChoice(ctx: AppContext, token: string): Promise<Result<FollowUpChoice, LinkError>> {
  const own = await readOwn(ctx, token)
  if (!own.ok) return own
  const { rows } = await ctx.db.execute<{ refused: boolean }>(sql`
    select exists (select from activities.attendance where ${ofPerson(own.value.id)} and follow_up_refused_at is not null) as refused`)
  return ok({ fullName: own.value.fullName, refused: rows[0]!.refused })
}

/** Takes note of it, or takes it back; asked twice, it changes nothing. */
export async function chooseFollowUp(
  ctx: AppContext,
  token: string,
  refused: boolean,
): Promise<Result<null, LinkError>> {
  const own = await readOwn(ctx, token)
  if (!own.ok) return own
  const { id } = own.value
  return ctx.db.transaction(async (tx) => {
    const { rows } = refused
      ? await tx.execute(sql`update activities.attendance set follow_up_refused_at = ${ctx.now().toISOString()}
          where id = ${id} and follow_up_refused_at is null returning id`)
      : await tx.execute(sql`update activities.attendance set follow_up_refused_at = null
          where ${ofPerson(id)} and follow_up_refused_at is not null returning id`)
    const action = refused ? 'activities.follow-up-refused' : 'activities.follow-up-accepted'
    if (rows.length > 0) await recordChange(tx, ctx, { action, entity: 'attendance', entityId: id })
    return ok(null)
  })
}
