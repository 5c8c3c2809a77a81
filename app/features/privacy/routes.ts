import { index, prefix, route } from '@react-router/dev/routes'
import type { FeatureRoutes } from '#app/platform/routes.ts'

const page = (name: string) => `features/privacy/pages/${name}`
/** The same export in its two formats. */
const exports = (address: string, name: string) =>
  ['xlsx', 'csv'].map((format) => route(`${address}.${format}`, page(`${name}.ts`), { id: `${name}-${format}` }))

export const privacyRoutes: FeatureRoutes = {
  site: [route('donnees-personnelles', page('notice.tsx'))],
  door: [
    route('inscription/:token/donnees', page('ask-own-data.tsx')),
    route('mes-donnees/:token', page('own-data.tsx')),
  ],
  office: [
    ...prefix('donnees-personnelles', [
      index(page('review.tsx')),
      route('gardees', page('kept.tsx')),
      route('demandes', page('requests.tsx')),
      route('demandes/:id', page('request.tsx')),
      route('finalites', page('purposes.tsx')),
      route('finalites/:id', page('purpose.tsx')),
      route('registre', page('register.tsx')),
      route('effacements', page('erasures.tsx')),
    ]),
    route('personnes/:id/donnees', page('person-data.tsx')),
  ],
  bare: [
    route('bureau/personnes/:id/donnees.json', page('person-data-json.ts')),
    route('mes-donnees/:token/donnees.json', page('own-data-json.ts')),
    ...exports('bureau/donnees-personnelles/export', 'review-export'),
    ...exports('bureau/donnees-personnelles/registre/export', 'register-export'),
  ],
}
