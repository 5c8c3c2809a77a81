import { sql } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'
import { type Permission, permissionsOf, roles } from '#app/platform/permissions.ts'

export interface Reachable {
  userId: string
  email: string
  fullName: string
}

/** Members whose role holds a permission: those whom a notice of the house concerns. */
export async function membersWith(db: Database, permission: Permission): Promise<Reachable[]> {
  const holding = roles.filter((role) => permissionsOf(role).has(permission))
  const { rows } = await db.execute<Reachable & Record<string, unknown>>(sql`
    select u.id as "userId", u.email, p.full_name as "fullName" from accounts."user" u
    join directory.person_card p on p.id = u.person_id
    where u.status = 'active' and u.role = any(${sql.param(holding)}::text[]) order by u.email`)
  return rows
}
