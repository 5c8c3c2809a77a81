import type { FeatureRoutes } from '#app/platform/routes.ts'

export const activitiesRoutes: FeatureRoutes = {}
