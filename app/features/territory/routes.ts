import { route } from '@react-router/dev/routes'
import type { FeatureRoutes } from '#app/platform/routes.ts'

const page = (name: string) => `features/territory/pages/${name}`

export const territoryRoutes: FeatureRoutes = {
  office: [route('territoires', page('territories.tsx')), route('territoires/:id', page('territory.tsx'))],
  bare: [
    route('bureau/territoires.json', page('territories-json.ts')),
    route('bureau/territoires/export.xlsx', page('territories-export.ts'), { id: 'territories-xlsx' }),
    route('bureau/territoires/export.csv', page('territories-export.ts'), { id: 'territories-csv' }),
  ],
}
