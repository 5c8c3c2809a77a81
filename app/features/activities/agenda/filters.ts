import type { Mode } from '../labels.ts'

/** What the agenda is narrowed to; null: everything. Identifiers of terms and territories, as the tables hold them. */
export interface AgendaFilter {
  themeId: string | null
  kindId: string | null
  departementId: string | null
  mode: Mode | null
}

export const everything: AgendaFilter = { themeId: null, kindId: null, departementId: null, mode: null }

export const AGENDA_PAGE = 30
