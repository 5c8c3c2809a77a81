import { route } from '@react-router/dev/routes'
import type { FeatureRoutes } from '#app/platform/routes.ts'

const page = (name: string) => `features/activities/record/pages/${name}`

export const recordRoutes: FeatureRoutes = {
  office: [
    route('activites', page('activities.tsx')),
    route('activites/nouvelle', page('new-activity.tsx')),
    route('activites/:id', page('activity.tsx')),
    route('activites/:id/modifier', page('edit-activity.tsx')),
    route('activites/:id/programme', page('programme.tsx')),
    route('activites/:id/documents', page('documents.tsx')),
    route('activites/:id/questions', page('questions.tsx')),
    route('activites/:id/historique', page('history.tsx')),
  ],
  bare: [
    route('bureau/activites.json', page('activities-json.ts')),
    route('bureau/activites/export.xlsx', page('activities-export.ts'), { id: 'activities-xlsx' }),
    route('bureau/activites/export.csv', page('activities-export.ts'), { id: 'activities-csv' }),
    route('documents/:documentId', page('document-file.ts')),
  ],
}
