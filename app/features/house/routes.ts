import { index, prefix, route } from '@react-router/dev/routes'
import type { FeatureRoutes } from '#app/platform/routes.ts'

const page = (folder: string, name: string) => `features/house/${folder}/pages/${name}`
/** The same export in its two formats. */
const exports = (address: string, folder: string, name: string) =>
  ['xlsx', 'csv'].map((format) =>
    route(`${address}.${format}`, page(folder, `${name}.ts`), { id: `house-${name}-${format}` }),
  )

export const houseRoutes: FeatureRoutes = {
  office: [
    route('reglages', page('settings', 'settings.tsx')),
    ...prefix('vocabulaires', [
      index(page('vocabularies', 'vocabularies.tsx')),
      route(':vocabulary', page('vocabularies', 'vocabulary.tsx')),
      route(':vocabulary/versions/:version', page('vocabularies', 'version.tsx')),
    ]),
    ...prefix('envois', [index(page('mails', 'mails.tsx')), route(':id', page('mails', 'mail.tsx'))]),
    route('taches', page('jobs', 'jobs.tsx')),
    route('journal', page('audit', 'audit.tsx')),
  ],
  bare: [
    route('bureau/envois/:id/rendez-vous.ics', page('mails', 'mail-calendar.ts')),
    ...exports('bureau/envois/export', 'mails', 'mails-export'),
    ...exports('bureau/journal/export', 'audit', 'audit-export'),
  ],
}
