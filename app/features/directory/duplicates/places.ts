import type { Entity } from './rules.ts'

/** Where each kind of record lives, and how the screens call it. */
export const places = {
  person: {
    path: '/bureau/personnes',
    list: 'Personnes',
    noun: 'personne',
    source: '/bureau/personnes.json',
    intro:
      'Deux fiches d’une même personne n’en font plus qu’une. Rien n’est perdu : présences, situations et consentements des deux se lisent sur la fiche gardée. Une fusion se défait.',
  },
  organisation: {
    path: '/bureau/organisations',
    list: 'Organisations',
    noun: 'organisation',
    source: '/bureau/organisations.json',
    intro:
      'Deux fiches d’une même organisation n’en font plus qu’une. Rien n’est perdu : personnes, partenariats et présences des deux se lisent sur la fiche gardée. Une fusion se défait.',
  },
} as const satisfies Record<Entity, Record<string, string>>

/** The same pages serve both: the address says which. */
export const entityOf = (url: URL): Entity =>
  url.pathname.startsWith(places.organisation.path) ? 'organisation' : 'person'
