import type { TerritoryKind } from './schema.server.ts'

export const territoryKindLabels: Record<TerritoryKind, string> = {
  region: 'Région',
  departement: 'Département',
  epci: 'EPCI',
  commune: 'Commune',
  qpv: 'Quartier prioritaire (QPV)',
  'contrat-de-ville': 'Contrat de ville',
}

/** Titles of the parts of a territory's page. */
export const territoryKindPlurals: Record<TerritoryKind, string> = {
  region: 'Régions',
  departement: 'Départements',
  epci: 'EPCI',
  commune: 'Communes',
  qpv: 'Quartiers prioritaires (QPV)',
  'contrat-de-ville': 'Contrats de ville',
}

export const territoryHref = (id: string) => `/bureau/territoires/${encodeURIComponent(id)}`
