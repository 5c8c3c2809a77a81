import { searchActivities } from '../features/activities/index.server.ts'
import { searchOrganisations, searchPeople } from '../features/directory/index.server.ts'
import { searchTerritories } from '../features/territory/index.server.ts'
import type { AppContext } from '../platform/context.ts'

export interface Found {
  id: string
  label: string
  detail?: string | null
  href: string
}

export interface FoundGroup {
  label: string
  items: Found[]
}

/** The one search of the office. Each feature answers for its own records, and only with what the actor may see. */
const sources: { label: string; find: (ctx: AppContext, text: string, limit: number) => Promise<Found[]> }[] = [
  { label: 'Personnes', find: searchPeople },
  { label: 'Activités', find: searchActivities },
  { label: 'Organisations', find: searchOrganisations },
  { label: 'Territoires', find: searchTerritories },
]

export async function searchEverything(ctx: AppContext, text: string, limit: number): Promise<FoundGroup[]> {
  const asked = text.trim().slice(0, 200)
  if (asked.length < 2) return []
  const groups = await Promise.all(
    sources.map(async ({ label, find }) => ({ label, items: await find(ctx, asked, limit) })),
  )
  return groups.filter(({ items }) => items.length > 0)
}
