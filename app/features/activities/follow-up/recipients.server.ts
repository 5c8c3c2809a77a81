import { sql } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'
import type { Audience } from '../labels.ts'

export type LeftOutReason = 'no-address' | 'refused'

export interface Recipient {
  attendanceId: string
  linkVersion: number
  givenName: string
  familyName: string
  fullName: string
  email: string | null
  /** Why nothing is sent to this person; null: they are written to. */
  leftOut: LeftOutReason | null
}

/**
 * Who a message is for: each person once, merged records together. Who has no address, or wants no message once an activity is
 * over (said at any of their activities), is left out, and counted.
 */
export async function recipientsOf(
  db: Database,
  { activityId, audience }: { activityId: string; audience: Audience },
): Promise<Recipient[]> {
  const { rows } = await db.execute<Recipient & Record<string, unknown>>(sql`
    select * from (
      select distinct on (c.identity_id) n.id as "attendanceId", n.link_version as "linkVersion", k.given_name as "givenName",
        k.family_name as "familyName", k.full_name as "fullName", coalesce(k.email, c.email) as email,
        case when exists (select from activities.attendance o join directory.person_card oc on oc.id = o.person_id
            where oc.identity_id = c.identity_id and o.follow_up_refused_at is not null) then 'refused'
          when coalesce(k.email, c.email) is null then 'no-address' end as "leftOut"
      from activities.attendance n join directory.person_card c on c.id = n.person_id
      join directory.person_card k on k.id = c.identity_id
      where n.activity_id = ${activityId} and n.status = ${audience}
        -- of two merged records, one present and one absent: that person was there
        and (${audience} = 'present' or not exists (select from activities.attendance o
          join directory.person_card oc on oc.id = o.person_id
          where o.activity_id = n.activity_id and o.status = 'present' and oc.identity_id = c.identity_id))
      order by c.identity_id, n.arrival
    ) x order by platform.normalise("familyName" || ' ' || "givenName"), "attendanceId"`)
  return rows
}

export const countLeftOut = (recipients: readonly Recipient[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const { leftOut } of recipients) if (leftOut) counts[leftOut] = (counts[leftOut] ?? 0) + 1
  return counts
}
