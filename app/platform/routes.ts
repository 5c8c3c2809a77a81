import type { RouteConfigEntry } from '@react-router/dev/routes'

/** The addresses of a feature, by face; see app/routes.ts. */
export interface FeatureRoutes {
  site?: RouteConfigEntry[]
  door?: RouteConfigEntry[]
  /** Relative to /bureau. */
  office?: RouteConfigEntry[]
  /** Absolute: hydrated, the whole screen, no menu; a page under /bureau asks for its own session (`requireSession`). */
  screen?: RouteConfigEntry[]
  /** Absolute; a file under /bureau checks its own session through `requirePermission`. */
  bare?: RouteConfigEntry[]
}
