import { type JobHandler, onJob } from '#app/platform/jobs.server.ts'
import { giveAll, giveCertificates, renew, renewCertificate } from './bulk.server.ts'

export const certificatesJobs: JobHandler[] = [
  onJob(giveCertificates, giveAll, { lane: 'long' }),
  onJob(renewCertificate, renew),
]
