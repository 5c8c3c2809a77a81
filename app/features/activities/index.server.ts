export { attendancePanels } from './attendance/panels.server.ts'
export { activities, attendances } from './schema.server.ts'
export { type ActivityFigure, figureById, figures } from './figures/catalogue.server.ts'
export {
  attendanceLeft,
  type ComingActivity,
  comingActivities,
  forgottenDrafts,
  type TodoList,
} from './figures/dashboard.server.ts'
export { recordPanels } from './record/panels.server.ts'
export { searchActivities } from './record/search.server.ts'
export { yearOf, yearPeriod } from './figures/period.ts'
export { activityView, type Line, participationView, publicView, type YearView } from './figures/view.server.ts'
export { recordedYears, readYear, type YearCell } from './figures/year.server.ts'
