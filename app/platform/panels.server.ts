import { createContext } from 'react-router'
import type { AppContext } from './context.ts'

/**
 * « Everything that touches this record », on its page, without the page's feature knowing the others: each feature above it
 * gives panel sources, app/panels.server.ts joins them, the page loads them with `loadPanels`.
 */
export interface PanelItem {
  id: string
  label: string
  detail?: string | null
  /** « 2022-11-24 » or an instant. */
  day?: Date | string | null
  state?: string | null
  href: string
}

export interface Panel {
  key: string
  /** « Participations », « Activités sur ce territoire » */
  title: string
  total: number
  /** The latest first, 50 at most. */
  items: PanelItem[]
  moreHref?: string
}

export interface PanelSource {
  entity: 'person' | 'organisation' | 'territory'
  /** null when the actor may not see any of it; an empty panel is shown as such. */
  load: (ctx: AppContext, entityId: string) => Promise<Panel | null>
}

export const panelSources = createContext<readonly PanelSource[]>([])

export async function loadPanels(
  ctx: AppContext,
  sources: readonly PanelSource[],
  entity: PanelSource['entity'],
  id: string,
) {
  const panels = await Promise.all(
    sources.filter((source) => source.entity === entity).map(({ load }) => load(ctx, id)),
  )
  return panels.filter((panel) => panel !== null)
}
