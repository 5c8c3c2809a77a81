export { dashboard } from './dashboard.server.ts'
export { publicYear, type PublicYear } from './public-year.server.ts'
