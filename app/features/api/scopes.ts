import type { Permission } from '#app/platform/permissions.ts'

/** What a key may do, and the permissions of the house that it takes. */
export const scopes = {
  'activities:read': { label: 'Lire les activités', permissions: ['activities:read', 'territory:read'] },
  'activities:write': {
    label: 'Créer, modifier, publier et annuler des activités',
    permissions: ['activities:read', 'activities:write', 'activities:publish', 'activities:cancel'],
  },
  'directory:read': { label: 'Lire l’annuaire', permissions: ['directory:read', 'territory:read'] },
  'directory:write': {
    label: 'Ajouter et corriger des personnes et des organisations',
    permissions: ['directory:read', 'directory:write'],
  },
  'attendance:read': {
    label: 'Lire les inscriptions et les présences',
    permissions: ['activities:read', 'attendance:read'],
  },
  'attendance:write': {
    label: 'Inscrire des personnes et pointer',
    permissions: ['activities:read', 'attendance:read', 'attendance:write'],
  },
  'figures:read': { label: 'Lire les chiffres de l’année', permissions: ['figures:read'] },
} as const satisfies Record<string, { label: string; permissions: readonly Permission[] }>

export type Scope = keyof typeof scopes
export const scopeNames = Object.keys(scopes) as Scope[]

export const permissionsOfScopes = (held: readonly string[]): ReadonlySet<Permission> =>
  new Set(
    scopeNames
      .filter((scope) => held.includes(scope))
      .flatMap((scope): readonly Permission[] => scopes[scope].permissions),
  )
