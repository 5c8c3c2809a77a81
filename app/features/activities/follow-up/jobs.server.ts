import { type JobHandler, onJob } from '#app/platform/jobs.server.ts'
import { runFollowUp, sendFollowUps } from './send.server.ts'

export const followUpJobs: JobHandler[] = [onJob(sendFollowUps, runFollowUp, { lane: 'long' })]
