import type { FeatureRoutes } from '#app/platform/routes.ts'

export const attendanceRoutes: FeatureRoutes = {}
