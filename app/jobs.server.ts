import { accountsJobs } from './features/accounts/jobs.server.ts'
import { registrationJobs } from './features/activities/registration/jobs.server.ts'
import type { JobHandler } from './platform/jobs.server.ts'

/** Everything that runs later, by feature. */
export const jobHandlers: JobHandler[] = [...accountsJobs, ...registrationJobs]
