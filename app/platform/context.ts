import type { Database } from './database.server.ts'
import { type Permission, permissionsOf, permissions, type Role } from './permissions.ts'

interface Member {
  userId: string
  personId: string
  label: string
  role: Role
  /** The session that carries the request, and when the person last showed there that it is them. */
  sessionId?: string
  provenAt?: Date | null
  /** The administration asks a second factor of this role, and the session has none: no permission until it does. */
  confined?: boolean
}

/** Who acts: a member of the team, a visitor (registrants included), another program with a key (feature `api`), or the house itself (jobs, command line). */
export type Actor =
  | (Member & { kind: 'user'; permissions: ReadonlySet<Permission> })
  | { kind: 'visitor'; label: string; permissions: ReadonlySet<Permission> }
  | { kind: 'program'; label: string; permissions: ReadonlySet<Permission> }
  | { kind: 'system'; label: string; permissions: ReadonlySet<Permission> }

export interface IdentityProvider {
  issuer: string
  clientId: string
  clientSecret: string
  /** « ProConnect » */
  label: string
  scope: string
  acrValues: string
}

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
  /** Where the team may also show who it is (OpenID Connect); none unless the installer gave one. */
  identityProvider?: IdentityProvider | null
  requestId?: string
}

export const can = (actor: Actor, permission: Permission) => actor.permissions.has(permission)

/** The member of the team who acts; null: somebody or something else does. */
export const userIdOf = (actor: Actor): string | null => (actor.kind === 'user' ? actor.userId : null)

export const visitor: Actor = { kind: 'visitor', label: 'Site public', permissions: new Set() }

export const systemActor = (label: string): Actor => ({ kind: 'system', label, permissions: new Set(permissions) })

export const userActor = (member: Member): Actor => ({
  kind: 'user',
  ...member,
  permissions: member.confined ? new Set() : permissionsOf(member.role),
})
