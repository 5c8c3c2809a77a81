import { index, prefix, route } from '@react-router/dev/routes'
import type { FeatureRoutes } from '#app/platform/routes.ts'

const page = (name: string) => `features/directory/pages/${name}`

/** One module answers both ends of the address; each needs a name of its own. */
const exports = (list: string) =>
  ['xlsx', 'csv'].map((end) =>
    route(`bureau/${list}/export.${end}`, page(`${list}-export.ts`), { id: `${list}-${end}` }),
  )

export const directoryRoutes: FeatureRoutes = {
  office: [
    ...prefix('personnes', [
      index(page('people.tsx')),
      route('nouvelle', page('new-person.tsx')),
      route(':id', page('person.tsx')),
      route(':id/modifier', page('edit-person.tsx')),
      route(':id/situations/nouvelle', page('new-affiliation.tsx')),
      route(':id/situations/:affiliationId', page('edit-affiliation.tsx')),
      route(':id/consentements', page('consents.tsx')),
      route(':id/fusionner', page('merge-person.tsx')),
    ]),
    ...prefix('organisations', [
      index(page('organisations.tsx')),
      route('nouvelle', page('new-organisation.tsx')),
      route(':id', page('organisation.tsx')),
      route(':id/modifier', page('edit-organisation.tsx')),
    ]),
  ],
  bare: [
    route('bureau/personnes.json', page('people-json.ts')),
    route('bureau/organisations.json', page('organisations-json.ts')),
    route('organisations.json', page('organisation-names-json.ts')),
    ...exports('personnes'),
    ...exports('organisations'),
  ],
}
