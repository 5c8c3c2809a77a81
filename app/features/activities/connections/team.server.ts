import { sql } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'
import type { Centre } from '#app/platform/settings.server.ts'

/** Whoever writes from there is nobody's colleague for that. */
const PUBLIC_MAIL =
  /^(gmail|googlemail|outlook|hotmail|live|msn|yahoo|orange|wanadoo|free|sfr|laposte|icloud|me|protonmail|proton|gmx|bbox|neuf|aol|mailo)\./

/** Tells the team that holds the meeting: the addresses of the centre, and the person in charge. */
export async function isTeam(db: Database, activityId: string, { email }: Centre) {
  const domain = email.split('@')[1]?.toLowerCase() ?? ''
  const own = domain !== '' && !PUBLIC_MAIL.test(domain) ? `@${domain}` : null
  const { rows } = await db.execute<{ id: string }>(sql`
    select p.identity_id as id from activities.activity a join directory.person_card p on p.id = a.lead_person_id
    where a.id = ${activityId}`)
  const lead = rows[0]?.id
  return (said: { email: string | null }, sure: { personId: string } | null): boolean =>
    (own !== null && (said.email?.endsWith(own) ?? false)) || (lead !== undefined && sure?.personId === lead)
}
