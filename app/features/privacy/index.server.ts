import { keptRecords } from './sources/kept-records.server.ts'
import { ownRecords } from './sources/own-records.server.ts'

/** What nobody above tells: mails, traces, and what following up people's rights keeps. */
export const privacyPersonalData = [keptRecords, ownRecords]

export { eraseAgain, type ErasureMark, parseErasureList } from './erasure/erasure-list.server.ts'
export { privacyTodo } from './todo.server.ts'
