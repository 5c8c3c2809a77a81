/** Words on personal data that the browser needs too. */

/** What stands where a name was. */
export const ERASED = 'Personne effacée'

/** What may count as a person's last own act. Opening a mail is no act. */
export const ownActions = {
  registration: 'une inscription',
  presence: 'une présence',
  link: 'son lien personnel',
  consent: 'un accord ou un refus',
  'sign-in': 'une connexion au bureau',
  added: 'son entrée dans l’annuaire',
} as const
export type OwnAction = keyof typeof ownActions

export const obstacles = {
  account: 'a encore un compte ouvert dans l’équipe',
} as const
export type Obstacle = keyof typeof obstacles
