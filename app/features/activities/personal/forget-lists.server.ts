import { sql } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'
import { ERASED } from '#app/platform/personal-data.server.ts'

const uuids = (ids: readonly string[]) => sql`${sql.param([...ids])}::uuid[]`

/** What was kept of somebody beside their presences: gestures at the door, lines of connection lists, messages sent, papers given. */
export async function forgetLists(tx: Database, records: readonly string[]) {
  const rows = sql`(select id from activities.attendance where person_id = any(${uuids(records)}))`
  await tx.execute(sql`delete from activities.check_in_gesture where attendance_id in ${rows}`)
  await tx.execute(sql`delete from activities.follow_up_send where attendance_id in ${rows}`)
  await tx.execute(sql`delete from activities.connection_effect where attendance_id in ${rows}`)
  await tx.execute(sql`delete from activities.connection_participant where person_id = any(${uuids(records)})`)
  await tx.execute(sql`delete from activities.certificate where person_id = any(${uuids(records)})`)
}

/** A member of the team who goes no longer signs what they did. */
export async function forgetSignatures(tx: Database, signatures: readonly string[]) {
  if (signatures.length === 0) return
  const names = sql`${sql.param([...signatures])}::text[]`
  await tx.execute(
    sql`update activities.check_in_link set created_by = ${ERASED}, label = ${ERASED} where created_by = any(${names})`,
  )
  await tx.execute(sql`update activities.follow_up set updated_by = ${ERASED} where updated_by = any(${names})`)
  await tx.execute(sql`update activities.connection_import set created_by = ${ERASED} where created_by = any(${names})`)
}
