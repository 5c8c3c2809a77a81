/** Every permission of the house, and the roles that hold it. Declared here once; domain functions ask `can(actor, …)`. */

export const roles = [
  'administration',
  'direction',
  'charge-de-mission',
  'communication',
  'gestion',
  'lecture',
] as const
export type Role = (typeof roles)[number]

export const roleLabels: Record<Role, string> = {
  administration: 'Administration',
  direction: 'Direction',
  'charge-de-mission': 'Chargé·e de mission',
  communication: 'Communication',
  gestion: 'Gestion',
  lecture: 'Lecture',
}

const everyone: readonly Role[] = roles
const team: readonly Role[] = ['administration', 'direction', 'charge-de-mission', 'communication', 'gestion']
const programme: readonly Role[] = ['administration', 'direction', 'charge-de-mission', 'communication']

const holders = {
  'office:enter': everyone,
  'directory:read': everyone,
  'directory:write': team,
  'directory:export': team,
  'directory:import': team,
  'directory:merge': programme,
  'activities:read': everyone,
  'activities:write': programme,
  'activities:publish': programme,
  'activities:cancel': programme,
  'attendance:read': everyone,
  'attendance:write': team,
  'attendance:export': team,
  'figures:read': everyone,
  'territory:read': everyone,
  'vocabularies:write': ['administration', 'direction'],
  'settings:write': ['administration', 'direction'],
  'users:read': ['administration', 'direction'],
  'users:write': ['administration'],
  'audit:read': team,
  'api:write': ['administration', 'direction'],
  'jobs:read': ['administration', 'direction', 'communication', 'gestion'],
  'jobs:write': ['administration', 'direction'],
  'privacy:read': ['administration', 'direction'],
  'privacy:write': ['administration', 'direction'],
  'mails:read': ['administration', 'direction', 'communication'],
  'mails:write': ['administration', 'direction', 'communication'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof holders
export const permissions = Object.keys(holders) as Permission[]

export function permissionsOf(role: Role): ReadonlySet<Permission> {
  return new Set(permissions.filter((permission) => (holders[permission] as readonly Role[]).includes(role)))
}
