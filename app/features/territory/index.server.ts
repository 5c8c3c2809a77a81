export { territoryCards, territoryKinds, territoryReference, type TerritoryKind } from './schema.server.ts'
