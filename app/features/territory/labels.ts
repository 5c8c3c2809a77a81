import type { TerritoryKind } from './schema.server.ts'

export const territoryKindLabels: Record<TerritoryKind, string> = {
  region: 'Région',
  departement: 'Département',
  epci: 'EPCI',
  commune: 'Commune',
  qpv: 'Quartier prioritaire (QPV)',
  'contrat-de-ville': 'Contrat de ville',
}

/** In a column. */
export const territoryKindShort: Record<TerritoryKind, string> = { ...territoryKindLabels, qpv: 'QPV' }

/** Titles of the parts of a territory's page. */
export const territoryKindPlurals: Record<TerritoryKind, string> = {
  region: 'Régions',
  departement: 'Départements',
  epci: 'EPCI',
  commune: 'Communes',
  qpv: 'Quartiers prioritaires (QPV)',
  'contrat-de-ville': 'Contrats de ville',
}

/** From the wide to the narrow; communes last, they are many. */
export const territoryKindOrder: readonly TerritoryKind[] = [
  'region',
  'departement',
  'epci',
  'contrat-de-ville',
  'qpv',
  'commune',
]

const epciForms: Record<string, string> = {
  CC: 'Communauté de communes',
  CA: 'Communauté d’agglomération',
  CU: 'Communauté urbaine',
  METRO: 'Métropole',
  MET69: 'Métropole de Lyon',
}

interface Named {
  kind: TerritoryKind
  name: string
  detail: string | null
}

/** A contract bears the name of its EPCI: alone, it would be read as the EPCI. */
export const titleOf = ({ kind, name }: Pick<Named, 'kind' | 'name'>) =>
  kind === 'contrat-de-ville' ? `Contrat de ville ${name}` : name

/** The form of an EPCI, the commune of a quarter, the postal codes of a commune. */
export const precisionOf = ({ kind, detail }: Named): string | null =>
  kind === 'epci' && detail ? (epciForms[detail] ?? detail) : detail

export const territoryHref = (id: string) => `/bureau/territoires/${encodeURIComponent(id)}`
