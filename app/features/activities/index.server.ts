export { attendancePanels } from './attendance/panels.server.ts'
export { activities, attendances } from './schema.server.ts'
