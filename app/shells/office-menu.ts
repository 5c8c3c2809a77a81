import { type Actor, can } from '../platform/context.ts'
import type { Permission } from '../platform/permissions.ts'
import type { NavGroup } from '../ui/office-shell.tsx'

interface Entry {
  label: string
  href: string
  needs?: Permission
}

const menu: { label: string; items: Entry[] }[] = [
  {
    label: 'Au quotidien',
    items: [
      { label: 'Aujourd’hui', href: '/bureau' },
      { label: 'Activités', href: '/bureau/activites', needs: 'activities:read' },
      { label: 'Personnes', href: '/bureau/personnes', needs: 'directory:read' },
      { label: 'Organisations', href: '/bureau/organisations', needs: 'directory:read' },
    ],
  },
  {
    label: 'L’année',
    items: [
      { label: 'Chiffres', href: '/bureau/chiffres', needs: 'figures:read' },
      { label: 'Territoires', href: '/bureau/territoires', needs: 'territory:read' },
      { label: 'Rapport', href: '/bureau/rapport', needs: 'figures:read' },
    ],
  },
  {
    label: 'Réglages',
    items: [
      { label: 'Imports', href: '/bureau/imports', needs: 'directory:import' },
      { label: 'Le centre', href: '/bureau/reglages', needs: 'settings:write' },
      { label: 'Équipe et droits', href: '/bureau/equipe', needs: 'users:read' },
      { label: 'Vocabulaires', href: '/bureau/vocabulaires', needs: 'vocabularies:write' },
      { label: 'Données personnelles', href: '/bureau/donnees-personnelles', needs: 'privacy:read' },
      { label: 'Accès des programmes', href: '/bureau/acces', needs: 'api:write' },
      { label: 'Envois', href: '/bureau/envois', needs: 'mails:read' },
      { label: 'Tâches', href: '/bureau/taches', needs: 'jobs:read' },
      { label: 'Journal', href: '/bureau/journal', needs: 'audit:read' },
    ],
  },
]

/** The rail of the office: what this role may open. */
export const officeGroups = (actor: Actor): NavGroup[] =>
  menu
    .map(({ label, items }) => ({ label, items: items.filter(({ needs }) => !needs || can(actor, needs)) }))
    .filter(({ items }) => items.length > 0)
