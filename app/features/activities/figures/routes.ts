import { route } from '@react-router/dev/routes'
import type { FeatureRoutes } from '#app/platform/routes.ts'

const page = (name: string) => `features/activities/figures/pages/${name}`

export const figuresRoutes: FeatureRoutes = {
  office: [route('chiffres', page('figures.tsx')), route('chiffres/:figure', page('figure.tsx'))],
  bare: [
    route('bureau/chiffres/:figure/export.xlsx', page('figure-export.ts'), { id: 'figure-xlsx' }),
    route('bureau/chiffres/:figure/export.csv', page('figure-export.ts'), { id: 'figure-csv' }),
  ],
}
