export { addOrganisation, type AddOrganisationError, updateOrganisation } from './add-organisation.server.ts'
export { addPerson } from './add-person.server.ts'
export { recordConsents } from './consents.server.ts'
export { findOrMakePerson } from './find-or-make-person.server.ts'
export { mergePeople, undoPeopleMerge } from './merge-people.server.ts'
export {
  organisationsMerged,
  organisationsUnmerged,
  peopleMerged,
  peopleUnmerged,
} from './duplicates/kinds.server.ts'
export { duplicatesJobs } from './duplicates/search.server.ts'
export { organisationRecords } from './identity.server.ts'
export { wordsLikeness } from './names.ts'
export { organisationByName } from './organisation-by-name.server.ts'
export { type NearPerson, peopleNear } from './people-near.server.ts'
export {
  organisationCards,
  organisationReference,
  personCards,
  personReference,
} from './schema.server.ts'
export { noteSituation, type Situation, situationAt, situationsAt } from './situation.server.ts'
export { searchOrganisations, searchPeople } from './search.server.ts'
export { directoryPanels } from './panels.server.ts'
export { holdPeople, type HeldPerson, makeShells, peopleMarked } from './erasure.server.ts'
export { directoryPersonalData } from './personal-data.server.ts'
export { importJobs } from './imports/jobs.server.ts'
export { organisationsKind } from './imports/organisations-kind.server.ts'
export { affiliationsKind, directoryUndo, peopleKind } from './imports/people-kind.server.ts'
export { newPersonInput, organisationInput, personInput } from './inputs.server.ts'
export { listOrganisations } from './organisations-list.server.ts'
export { organisationFacts } from './organisation-record.server.ts'
export { listPeople } from './people-list.server.ts'
export { loadPerson, type PersonRecord } from './person-record.server.ts'
export { updatePerson } from './update-person.server.ts'
export * from './imports/tools.server.ts'
