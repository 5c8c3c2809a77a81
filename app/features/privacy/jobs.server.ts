import { type JobHandler, onEvent, onJob, onSchedule } from '#app/platform/jobs.server.ts'
import type { PersonalData } from '#app/platform/personal-data.server.ts'
import { eraseDuePeople, eraseInBackground } from './erasure/background.server.ts'
import { peopleErased } from './erasure/erase-people.server.ts'
import { writeErasureList } from './erasure/erasure-list.server.ts'
import { sayWhatWaits, tidyEveryNight } from './todo.server.ts'

export const privacyJobs = (sources: readonly PersonalData[]): JobHandler[] => [
  onJob(eraseDuePeople, (ctx, asked) => eraseInBackground(ctx, sources, asked), { lane: 'long' }),
  onEvent(peopleErased, 'write-list', 'Noter les effacements à refaire après une restauration', writeErasureList),
  onSchedule(
    'privacy.tidy',
    'Effacer les besoins d’accessibilité passés et compter les fiches échues',
    '40 3 * * *',
    (ctx) => tidyEveryNight(ctx, sources),
  ),
  onSchedule('privacy.monthly', 'Dire ce qui attend une décision sur les données personnelles', '0 8 1 * *', (ctx) =>
    sayWhatWaits(ctx, sources),
  ),
]
