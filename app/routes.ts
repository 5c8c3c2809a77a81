import { index, layout, prefix, type RouteConfig, route } from '@react-router/dev/routes'
import { accountsRoutes } from './features/accounts/routes.ts'
import { activitiesRoutes } from './features/activities/routes.ts'
import { apiRoutes } from './features/api/routes.ts'
import { directoryRoutes } from './features/directory/routes.ts'
import { houseRoutes } from './features/house/routes.ts'
import { privacyRoutes } from './features/privacy/routes.ts'
import { reportRoutes } from './features/report/routes.ts'
import { territoryRoutes } from './features/territory/routes.ts'

const features = [
  accountsRoutes,
  activitiesRoutes,
  directoryRoutes,
  territoryRoutes,
  reportRoutes,
  houseRoutes,
  privacyRoutes,
  apiRoutes,
]

/**
 * Each feature gives its addresses by face: `site` (public pages, no script), `door` (sign-in, own registration: no menu),
 * `office` (under /bureau, a session is required), `screen` (the whole screen of a tablet), `bare` (files, feeds, JSON: no page around).
 */
export default [
  layout('shells/site.tsx', [index('shells/home.tsx'), ...features.flatMap(({ site = [] }) => site)]),
  layout(
    'shells/door.tsx',
    features.flatMap(({ door = [] }) => door),
  ),
  layout(
    'shells/screen.tsx',
    features.flatMap(({ screen = [] }) => screen),
  ),
  ...prefix('bureau', [
    layout('shells/office.tsx', [
      index('shells/today.tsx'),
      route('recherche', 'shells/search.tsx'),
      ...features.flatMap(({ office = [] }) => office),
      route('*', 'shells/office-missing.tsx'),
    ]),
  ]),
  route('bureau/recherche.json', 'shells/search-json.ts'),
  ...features.flatMap(({ bare = [] }) => bare),
  layout('shells/site.tsx', { id: 'site-missing' }, [route('*', 'shells/missing.tsx')]),
] satisfies RouteConfig
