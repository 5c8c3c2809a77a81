import type { NewPersonInput, OrganisationInput, SituationInput } from './inputs.server.ts'

export const somePerson = (said: Partial<NewPersonInput> = {}): NewPersonInput => ({
  givenName: 'Amina',
  familyName: 'Berthier',
  email: null,
  phone: null,
  departementId: null,
  note: null,
  confirmed: false,
  ...someSituation(),
  ...said,
})

export const someSituation = (said: Partial<SituationInput> = {}): SituationInput => ({
  organisationId: null,
  organisationName: null,
  organisationPlain: null,
  function: null,
  profileId: null,
  validFrom: null,
  validTo: null,
  ...said,
})

export const someOrganisation = (said: Partial<OrganisationInput> = {}): OrganisationInput => ({
  name: 'Association Les Passerelles',
  acronym: null,
  kindId: null,
  siret: null,
  email: null,
  phone: null,
  website: null,
  territoryId: null,
  departementId: null,
  note: null,
  confirmed: false,
  ...said,
})
