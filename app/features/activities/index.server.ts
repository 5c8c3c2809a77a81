export { attendancePanels } from './attendance/panels.server.ts'
export { figureById } from './figures/catalogue.server.ts'
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
export { recordedYears, readYear } from './figures/year.server.ts'
export { activitiesPersonalData } from './personal/personal-data.server.ts'
export { ownPerson } from './registration/own.server.ts'
export { linkRefusal, privateHeaders } from './registration/link-refusal.server.ts'
export { forgetNeeds } from './personal/forget-needs.server.ts'
