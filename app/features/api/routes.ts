import { index, prefix, route } from '@react-router/dev/routes'
import type { FeatureRoutes } from '#app/platform/routes.ts'

const page = (name: string) => `features/api/pages/${name}`

export const apiRoutes: FeatureRoutes = {
  office: [
    ...prefix('acces', [
      index(page('keys.tsx')),
      route('rappels', page('webhooks.tsx')),
      route('rappels/:id', page('webhook.tsx')),
    ]),
  ],
  bare: [route('api/v1/openapi.json', page('openapi-json.ts')), route('api/v1/*', page('api.ts'))],
}
