import { route } from '@react-router/dev/routes'
import type { FeatureRoutes } from '#app/platform/routes.ts'

const page = (name: string) => `features/activities/attendance/pages/${name}`

export const attendanceRoutes: FeatureRoutes = {
  office: [
    route('activites/:id/presence', page('attendance.tsx')),
    route('activites/:id/presence/:attendanceId', page('correct-attendance.tsx')),
  ],
  bare: [
    route('bureau/activites/:id/presence.json', page('ticks-json.ts')),
    route('bureau/activites/:id/presence.csv', page('attendance-export.ts'), { id: 'attendance-csv' }),
    route('bureau/activites/:id/presence.xlsx', page('attendance-export.ts'), { id: 'attendance-xlsx' }),
  ],
}
