import { route } from '@react-router/dev/routes'
import type { FeatureRoutes } from '#app/platform/routes.ts'

const agenda = (name: string) => `features/activities/agenda/pages/${name}`
const registration = (name: string) => `features/activities/registration/pages/${name}`

export const publicRoutes: FeatureRoutes = {
  site: [
    route('agenda', agenda('agenda.tsx')),
    route('agenda/mois/:month', agenda('agenda-month.tsx')),
    route('agenda/annee/:year', agenda('agenda-year.tsx')),
    route('agenda/:slug', agenda('activity.tsx'), { id: 'public-activity' }),
    route('agenda/:slug/inscription', registration('register.tsx')),
  ],
  door: [route('inscription/:token', registration('own-registration.tsx'))],
  office: [
    route('activites/:id/inscriptions', registration('office-registrations.tsx')),
    route('activites/:id/inscriptions/nouvelle', registration('office-add.tsx')),
    route('activites/:id/inscriptions/:attendanceId', registration('office-registration.tsx')),
  ],
  bare: [
    route('bureau/activites/:id/inscriptions.csv', registration('office-export.ts'), { id: 'registrations-csv' }),
    route('bureau/activites/:id/inscriptions.xlsx', registration('office-export.ts'), { id: 'registrations-xlsx' }),
    route('agenda.ics', agenda('feed.ts'), { id: 'agenda-ics' }),
    route('agenda.rss', agenda('feed.ts'), { id: 'agenda-rss' }),
    route('agenda/theme/:code.ics', agenda('feed.ts'), { id: 'theme-ics' }),
    route('agenda/:slug.ics', agenda('feed.ts'), { id: 'activity-ics' }),
    route('inscription/:token/calendrier.ics', registration('own-calendar.ts')),
  ],
}
