import type { FeatureRoutes } from '#app/platform/routes.ts'

export const publicRoutes: FeatureRoutes = {}
