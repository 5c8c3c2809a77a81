import { route } from '@react-router/dev/routes'
import type { FeatureRoutes } from '#app/platform/routes.ts'

const page = (name: string) => `features/report/pages/${name}.tsx`

export const reportRoutes: FeatureRoutes = {
  site: [route('chiffres/:annee', page('public-figures'))],
  office: [route('rapport', page('report-years')), route('rapport/:annee/participants', page('participants'))],
}
