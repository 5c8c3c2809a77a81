import { accountsPersonalData } from './features/accounts/index.server.ts'
import { activitiesPersonalData } from './features/activities/index.server.ts'
import { apiPersonalData } from './features/api/personal-data.server.ts'
import { directoryPersonalData } from './features/directory/index.server.ts'
import { privacyPersonalData } from './features/privacy/index.server.ts'
import type { PersonalData } from './platform/personal-data.server.ts'

/** What each feature holds of a person, in the order of an erasure: what hangs on something goes before it, people last. */
export const allPersonalData: PersonalData[] = [
  ...privacyPersonalData,
  apiPersonalData,
  accountsPersonalData,
  activitiesPersonalData,
  directoryPersonalData,
]
