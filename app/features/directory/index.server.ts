export { addOrganisation } from './add-organisation.server.ts'
export { recordConsents } from './consents.server.ts'
export { findOrMakePerson } from './find-or-make-person.server.ts'
export { mergePeople } from './merge-people.server.ts'
export { wordsLikeness } from './names.ts'
export { organisationByName } from './organisation-by-name.server.ts'
export { type AskedPerson, type NearPerson, peopleNear } from './people-near.server.ts'
export {
  organisationCards,
  organisationReference,
  personCards,
  personReference,
} from './schema.server.ts'
export { noteSituation, type Situation, situationAt } from './situation.server.ts'
export { searchOrganisations, searchPeople } from './search.server.ts'
export { directoryPanels } from './panels.server.ts'
export { holdPeople, type HeldPerson, makeShells, peopleMarked } from './erasure.server.ts'
export { directoryPersonalData } from './personal-data.server.ts'
