import { keptRecords } from './sources/kept-records.server.ts'
import { ownRecords } from './sources/own-records.server.ts'

/** What nobody above tells: mails, traces, and what following up people's rights keeps. */
export const privacyPersonalData = [keptRecords, ownRecords]

export { erasePeople } from './erasure/erase-people.server.ts'
export { eraseAgain, type ErasureMark, erasureListFile, parseErasureList } from './erasure/erasure-list.server.ts'
export { type PrivacyTodo, privacyTodo } from './todo.server.ts'
