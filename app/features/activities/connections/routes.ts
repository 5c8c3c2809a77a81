import { route } from '@react-router/dev/routes'
import type { FeatureRoutes } from '#app/platform/routes.ts'

const page = (name: string) => `features/activities/connections/pages/${name}`
const file = page('connection-list-export.ts')

export const connectionsRoutes: FeatureRoutes = {
  office: [
    route('activites/:id/presence/connexions', page('connections.tsx')),
    route('activites/:id/presence/connexions/:importId', page('connection-list.tsx')),
  ],
  bare: [
    route('bureau/activites/:id/presence/connexions/:importId.csv', file, { id: 'connections-csv' }),
    route('bureau/activites/:id/presence/connexions/:importId.xlsx', file, { id: 'connections-xlsx' }),
  ],
}
