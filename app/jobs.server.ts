import { accountsJobs } from './features/accounts/jobs.server.ts'
import { certificatesJobs } from './features/activities/certificates/jobs.server.ts'
import { checkInJobs } from './features/activities/check-in/jobs.server.ts'
import { connectionJobs } from './features/activities/connections/jobs.server.ts'
import { apiJobs } from './features/api/jobs.server.ts'
import { followUpJobs } from './features/activities/follow-up/jobs.server.ts'
import { registrationJobs } from './features/activities/registration/jobs.server.ts'
import { duplicatesJobs, importJobs } from './features/directory/index.server.ts'
import { privacyJobs } from './features/privacy/jobs.server.ts'
import { allImports } from './imports.server.ts'
import { allPersonalData } from './personal-data.server.ts'
import type { JobHandler } from './platform/jobs.server.ts'

/** Everything that runs later, by feature. */
export const jobHandlers: JobHandler[] = [
  ...accountsJobs,
  ...registrationJobs,
  ...checkInJobs,
  ...certificatesJobs,
  ...connectionJobs,
  ...followUpJobs,
  ...privacyJobs(allPersonalData),
  ...importJobs(allImports),
  ...duplicatesJobs,
  ...apiJobs,
]
