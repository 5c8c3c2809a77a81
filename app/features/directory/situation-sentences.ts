/** A situation that says nothing. */
export const emptySituation = {
  organisationId: ['Donnez au moins une organisation, une fonction ou un profil.'],
}
