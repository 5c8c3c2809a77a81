import type { AppContext } from '#app/platform/context.ts'
import { addOrganisation } from './add-organisation.server.ts'
import { addPerson } from './add-person.server.ts'
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

/** The id of somebody added, whoever looks like them. */
export async function addedPerson(ctx: AppContext, said: Partial<NewPersonInput> = {}): Promise<string> {
  const added = await addPerson(ctx, somePerson({ confirmed: true, ...said }))
  if (!added.ok) throw new Error(added.error.type)
  return added.value.id
}

export async function addedOrganisation(ctx: AppContext, said: Partial<OrganisationInput> = {}): Promise<string> {
  const added = await addOrganisation(ctx, someOrganisation({ confirmed: true, ...said }))
  if (!added.ok) throw new Error(added.error.type)
  return added.value.id
}

export { triedImport, undoneImport, writtenImport } from './imports/trial.ts'
