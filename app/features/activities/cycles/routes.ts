import { route } from '@react-router/dev/routes'
import type { FeatureRoutes } from '#app/platform/routes.ts'

const page = (name: string) => `features/activities/cycles/pages/${name}`

export const cyclesRoutes: FeatureRoutes = {
  site: [
    route('agenda/cycle/:slug', page('public-cycle.tsx')),
    route('agenda/cycle/:slug/inscription', page('register-cycle.tsx')),
  ],
  door: [route('inscription/cycle/:token', page('own-cycle.tsx'))],
  office: [
    route('series', page('series-list.tsx')),
    route('series/:id', page('series.tsx')),
    route('series/:id/modifier', page('edit-series.tsx')),
    route('series/:id/assiduite', page('assiduity.tsx')),
  ],
  bare: [
    route('bureau/series/:id/assiduite.xlsx', page('assiduity-export.ts'), { id: 'assiduity-xlsx' }),
    route('bureau/series/:id/assiduite.csv', page('assiduity-export.ts'), { id: 'assiduity-csv' }),
  ],
}
