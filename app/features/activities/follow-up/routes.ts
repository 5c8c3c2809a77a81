import { route } from '@react-router/dev/routes'
import type { FeatureRoutes } from '#app/platform/routes.ts'

const page = (name: string) => `features/activities/follow-up/pages/${name}`

export const followUpRoutes: FeatureRoutes = {
  door: [route('inscription/:token/messages', page('choice.tsx'))],
  office: [
    route('activites/:id/suites', page('overview.tsx')),
    route('activites/:id/suites/ecrire/:audience', page('write.tsx')),
    route('activites/:id/suites/:followUpId', page('sent.tsx')),
  ],
  bare: [route('documents/lien/:token', page('document-link.ts'))],
}
