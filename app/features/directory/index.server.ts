export {
  consentPurposes,
  organisationCards,
  organisationReference,
  personCards,
  personReference,
} from './schema.server.ts'
