import type { Database } from './database.server.ts'
import { type Permission, permissionsOf, permissions, type Role } from './permissions.ts'

/** Who acts: a member of the team, a visitor (registrants included), or the house itself (jobs, command line). */
export type Actor =
  | { kind: 'user'; userId: string; personId: string; label: string; role: Role; permissions: ReadonlySet<Permission> }
  | { kind: 'visitor'; label: string; permissions: ReadonlySet<Permission> }
  | { kind: 'system'; label: string; permissions: ReadonlySet<Permission> }

/** All that a domain function may know of the world around it. */
export interface AppContext {
  db: Database
  actor: Actor
  now: () => Date
  /** The address the public types, without a final slash; every link of a mail or a feed starts with it. */
  baseUrl: string
  /** Key of signed links, 32 bytes or more, kept in the database. */
  secret: string
  /** Folder of uploaded files. */
  filesDir: string
  requestId?: string
}

export const can = (actor: Actor, permission: Permission) => actor.permissions.has(permission)

export const visitor: Actor = { kind: 'visitor', label: 'Site public', permissions: new Set() }

export const systemActor = (label: string): Actor => ({ kind: 'system', label, permissions: new Set(permissions) })

export const userActor = (user: { userId: string; personId: string; label: string; role: Role }): Actor => ({
  kind: 'user',
  ...user,
  permissions: permissionsOf(user.role),
})
