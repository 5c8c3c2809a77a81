import { index, prefix, route } from '@react-router/dev/routes'
import type { FeatureRoutes } from '#app/platform/routes.ts'

const page = (folder: string, name: string) => `features/house/${folder}/pages/${name}`

export const houseRoutes: FeatureRoutes = {
  office: [
    route('reglages', page('settings', 'settings.tsx')),
    ...prefix('vocabulaires', [
      index(page('vocabularies', 'vocabularies.tsx')),
      route(':vocabulary', page('vocabularies', 'vocabulary.tsx')),
      route(':vocabulary/versions/:version', page('vocabularies', 'version.tsx')),
    ]),
  ],
}
