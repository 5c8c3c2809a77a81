import type { FeatureRoutes } from '#app/platform/routes.ts'
import { attendanceRoutes } from './attendance/routes.ts'
import { certificatesRoutes } from './certificates/routes.ts'
import { checkInRoutes } from './check-in/routes.ts'
import { connectionsRoutes } from './connections/routes.ts'
import { cyclesRoutes } from './cycles/routes.ts'
import { figuresRoutes } from './figures/routes.ts'
import { papersRoutes } from './papers/routes.ts'
import { followUpRoutes } from './follow-up/routes.ts'
import { recordRoutes } from './record/routes.ts'
import { publicRoutes } from './registration/routes.ts'
import { sharesRoutes } from './shares/routes.ts'

const parts: FeatureRoutes[] = [
  recordRoutes,
  publicRoutes,
  attendanceRoutes,
  checkInRoutes,
  connectionsRoutes,
  figuresRoutes,
  cyclesRoutes,
  followUpRoutes,
  sharesRoutes,
  papersRoutes,
  certificatesRoutes,
]

/** The addresses of the feature, from what people do in it. */
export const activitiesRoutes: FeatureRoutes = {
  site: parts.flatMap(({ site = [] }) => site),
  door: parts.flatMap(({ door = [] }) => door),
  office: parts.flatMap(({ office = [] }) => office),
  screen: parts.flatMap(({ screen = [] }) => screen),
  bare: parts.flatMap(({ bare = [] }) => bare),
}
