import { route } from '@react-router/dev/routes'
import type { FeatureRoutes } from '#app/platform/routes.ts'

const page = (name: string) => `features/activities/shares/pages/${name}`

export const sharesRoutes: FeatureRoutes = {
  office: [route('activites/:id/partage', page('sharing.tsx')), route('partages', page('shared-list.tsx'))],
  bare: [
    route('bureau/partages.xlsx', page('shared-export.ts'), { id: 'shared-xlsx' }),
    route('bureau/partages.csv', page('shared-export.ts'), { id: 'shared-csv' }),
  ],
}
