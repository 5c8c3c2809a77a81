export { clearedCookie, cookieRules, readSessionCookie, sessionCookie } from './cookies.server.ts'
export { users } from './schema.server.ts'
export { actorOfSession, closeAllSessions, closeSession, openSession } from './sessions.server.ts'
export { makeSetUpLink } from './set-up-link.server.ts'
