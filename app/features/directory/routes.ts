import { index, prefix, route } from '@react-router/dev/routes'
import type { FeatureRoutes } from '#app/platform/routes.ts'

const page = (name: string) => `features/directory/pages/${name}`

/** One module answers both ends of the address; each needs a name of its own. */
const exports = (list: string) =>
  ['xlsx', 'csv'].map((end) =>
    route(`bureau/${list}/export.${end}`, page(`${list}-export.ts`), { id: `${list}-${end}` }),
  )

/** The same pages for people and for organisations; the address says of which. */
const [duplicates, merge, merges] = ['duplicates.tsx', 'merge.tsx', 'merges.tsx'].map(
  (name) => `features/directory/duplicates/pages/${name}`,
) as [string, string, string]

export const directoryRoutes: FeatureRoutes = {
  office: [
    ...prefix('imports', [
      index('features/directory/imports/pages/imports.tsx'),
      route('nouveau', 'features/directory/imports/pages/new-import.tsx'),
      route(':id', 'features/directory/imports/pages/import.tsx'),
    ]),
    ...prefix('personnes', [
      index(page('people.tsx')),
      route('nouvelle', page('new-person.tsx')),
      route('doublons', duplicates, { id: 'personnes-doublons' }),
      route(':id', page('person.tsx')),
      route(':id/modifier', page('edit-person.tsx')),
      route(':id/situations/nouvelle', page('new-affiliation.tsx')),
      route(':id/situations/:affiliationId', page('edit-affiliation.tsx')),
      route(':id/consentements', page('consents.tsx')),
      route(':id/fusionner', merge, { id: 'personnes-fusionner' }),
      route(':id/fusions', merges, { id: 'personnes-fusions' }),
    ]),
    ...prefix('organisations', [
      index(page('organisations.tsx')),
      route('nouvelle', page('new-organisation.tsx')),
      route('doublons', duplicates, { id: 'organisations-doublons' }),
      route(':id', page('organisation.tsx')),
      route(':id/modifier', page('edit-organisation.tsx')),
      route(':id/fusionner', merge, { id: 'organisations-fusionner' }),
      route(':id/fusions', merges, { id: 'organisations-fusions' }),
    ]),
  ],
  bare: [
    ...['xlsx', 'csv'].map((end) =>
      route(`bureau/imports/:id/rejets.${end}`, 'features/directory/imports/pages/rejects.ts', { id: `rejets-${end}` }),
    ),
    route('bureau/personnes.json', page('people-json.ts')),
    route('bureau/organisations.json', page('organisations-json.ts')),
    route('organisations.json', page('organisation-names-json.ts')),
    route('bureau/personnes/export.vcf', 'features/directory/vcard/people-vcf.ts'),
    route('bureau/personnes/:id/fiche.vcf', 'features/directory/vcard/person-vcf.ts'),
    ...exports('personnes'),
    ...exports('organisations'),
  ],
}
