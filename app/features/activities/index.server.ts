export { attendancePanels } from './attendance/panels.server.ts'
export { figureById, figures } from './figures/catalogue.server.ts'
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
export { formOfActivity } from './record/activity-form-values.server.ts'
export { cancelActivity } from './record/cancel-activity.server.ts'
export { createActivity } from './record/create-activity.server.ts'
export type { EditError } from './record/editing.server.ts'
export { activityInput, newActivityInput } from './record/inputs.server.ts'
export { listActivities } from './record/list.server.ts'
export { publishActivity } from './record/publish-activity.server.ts'
export { type ActivityRecord, readActivity } from './record/record.server.ts'
export { updateActivity } from './record/update-activity.server.ts'
export { markAttendance } from './attendance/mark-attendance.server.ts'
export { attendanceSheet, sheetRows } from './attendance/sheet.server.ts'
export { addByHand } from './registration/office/by-hand.server.ts'
export {
  activityRoles,
  activityStatuses,
  attendanceModes,
  attendanceSources,
  attendanceStatuses,
  modes,
  scales,
  visibilities,
} from './schema.server.ts'
export { activityCancelled, activityChanged, activityPublished } from './events.ts'
export { presencesKind } from './imports/kind.server.ts'
