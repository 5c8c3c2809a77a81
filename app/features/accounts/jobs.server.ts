import { type JobHandler, onJob, onSchedule } from '#app/platform/jobs.server.ts'
import { sendLink, sendLinkTo } from './entry/ask-link.server.ts'
import { forgetOldSignIns } from './history/sign-ins.server.ts'
import { forgetOldLinks } from './one-time-links.server.ts'
import { forgetOldSteps } from './pending-steps.server.ts'
import { forgetEndedSessions } from './sessions.server.ts'

export const accountsJobs: JobHandler[] = [
  onJob(sendLink, sendLinkTo),
  onSchedule(
    'accounts.forget',
    'Oublier les sessions, les liens et les connexions échus',
    '25 3 * * *',
    async ({ db, now }) => {
      await forgetEndedSessions(db, now())
      await forgetOldLinks(db, now())
      await forgetOldSteps(db, now())
      await forgetOldSignIns(db, now())
    },
  ),
]
