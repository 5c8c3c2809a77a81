export { activities, attendances } from './schema.server.ts'
