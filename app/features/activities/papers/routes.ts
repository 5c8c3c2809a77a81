import { route } from '@react-router/dev/routes'
import type { FeatureRoutes } from '#app/platform/routes.ts'

const page = (name: string) => `features/activities/papers/pages/${name}`

export const papersRoutes: FeatureRoutes = {
  office: [route('activites/:id/presence/feuille', page('papers.tsx'))],
  bare: [
    route('bureau/activites/:id/presence/feuille.pdf', page('sheet-pdf.ts')),
    route('bureau/activites/:id/presence/badges.pdf', page('badges-pdf.ts')),
  ],
}
