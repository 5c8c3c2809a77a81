import { route } from '@react-router/dev/routes'
import type { FeatureRoutes } from '#app/platform/routes.ts'

const page = (name: string) => `features/activities/check-in/pages/${name}`

export const checkInRoutes: FeatureRoutes = {
  screen: [
    route('bureau/activites/:id/accueil', page('office-door.tsx')),
    route('accueil/:token', page('link-door.tsx')),
  ],
  office: [route('activites/:id/presence/accueil', page('door-links.tsx'))],
  bare: [
    route('bureau/activites/:id/accueil.json', page('office-door-json.ts')),
    route('accueil/:token/liste.json', page('link-door-json.ts')),
  ],
}
