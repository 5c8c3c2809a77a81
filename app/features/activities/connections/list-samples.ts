import { sql } from 'drizzle-orm'
import type { AppContext } from '#app/platform/context.ts'
import { makeActivity, makeAttendance, makePerson } from '../fixtures.ts'
import { type ApplyInput, applyConnectionList } from './apply-list.server.ts'
import { importConnectionList } from './import-list.server.ts'
import { connectionReview } from './review.server.ts'

/** The activity of every test: 8 December 2022, 9:30 to 12:30 in Paris, at a distance. */
export const remote = (ctx: AppContext, mode: 'distanciel' | 'hybride' = 'distanciel') => makeActivity(ctx, { mode })

export interface Line {
  name: string
  email?: string
  from?: string
  to?: string
  role?: string
}

export const HEADER = 'Nom\tHeure d’arrivée\tHeure de départ\tE-mail\tRôle'
export const listOf = (lines: readonly Line[]) =>
  Buffer.from(
    [
      HEADER,
      ...lines.map(({ name, from = '09:30', to = '12:30', email = '', role = 'Participant' }) =>
        [name, `08/12/2022 ${from}:00`, `08/12/2022 ${to}:00`, email, role].join('\t'),
      ),
    ].join('\r\n'),
  )

export async function value<T>(result: Promise<{ ok: true; value: T } | { ok: false; error: unknown }>): Promise<T> {
  const answer = await result
  if (!answer.ok) throw new Error(JSON.stringify(answer.error))
  return answer.value
}

export const read = (ctx: AppContext, activityId: string, lines: readonly Line[], fileName = 'liste.csv') =>
  value(importConnectionList(ctx, { activityId, fileName, bytes: listOf(lines) }))

export const input = (activityId: string, importId: string, more: Partial<ApplyInput> = {}): ApplyInput => ({
  ...{
    activityId,
    importId,
    rule: { kind: 'share', value: 33 },
    decisions: new Map(),
    undecided: 'ask',
    replaces: null,
  },
  keepRule: false,
  ...more,
})

export async function readAndApply(
  ctx: AppContext,
  activityId: string,
  lines: readonly Line[],
  more: Partial<ApplyInput> = {},
) {
  const { importId } = await read(ctx, activityId, lines)
  const done = await value(applyConnectionList(ctx, input(activityId, importId, more)))
  return { importId, done }
}

export const lineNamed = async (ctx: AppContext, activityId: string, importId: string, name: string) =>
  (await connectionReview(ctx, { activityId, importId }))!.lines.find((line) => line.name === name)!

/** « Bouzid present remote 90 connection-list » */
export async function sheet(ctx: AppContext, activityId: string): Promise<string[]> {
  const { rows } = await ctx.db.execute<{ row: string }>(sql`
    select concat_ws(' ', p.family_name, n.status, n.mode, coalesce(n.connected_minutes::text, '–'), n.source) as row
    from activities.attendance n join directory.person_card p on p.id = n.person_id where n.activity_id = ${activityId} order by 1`)
  return rows.map(({ row }) => row)
}

export const unidentifiedOf = async (ctx: AppContext, activityId: string) =>
  (
    await ctx.db.execute<{ n: number; basis: string }>(sql`
    select unidentified_count as n, unidentified_basis as basis from activities.activity where id = ${activityId}`)
  ).rows[0]!

export async function registered(
  ctx: AppContext,
  activityId: string,
  givenName: string,
  familyName: string,
  more = {},
) {
  const personId = await makePerson(ctx, {
    givenName,
    familyName,
    email: `${familyName.toLowerCase()}@passerelles.example`,
  })
  const { id } = await makeAttendance(ctx, { activityId, personId, status: 'registered', mode: 'remote', ...more })
  return { personId, id }
}
