export { users } from './schema.server.ts'
