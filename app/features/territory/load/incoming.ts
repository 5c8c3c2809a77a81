import type { TerritoryKind } from '../schema.server.ts'

/** A dated source, as it is about to be loaded. */
export interface IncomingVintage {
  /** « cog-2026 »; of a part of the country, « cog-2026/11-34 ». */
  id: string
  source: string
  attribution: string
  year: number
  /** Only some départements: what it does not name still stands. */
  partial: boolean
}

export interface IncomingTerritory {
  id: string
  kind: TerritoryKind
  code: string
  name: string
  detail?: string | null
  departementCode?: string | null
  population?: number | null
  validFrom?: string | null
  validTo?: string | null
}

export interface IncomingLink {
  childId: string
  parentId: string
  /** Left out: what the source observes on the first day of its year. */
  validFrom?: string
  validTo?: string | null
}

export interface IncomingBatch {
  territories: IncomingTerritory[]
  links: IncomingLink[]
}
