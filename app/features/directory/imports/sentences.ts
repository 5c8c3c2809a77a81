import type { Said } from '#app/platform/imports.ts'

const said = (text: string) => `« ${text} »`

/** What may be said of a line about somebody; the text is what the cell held, or the record at stake. */
export const personSentences: Record<string, (text: string) => string> = {
  'no-name': () => 'Le nom manque.',
  'odd-name': (text) => `${said(text)} n’est pas un nom\u202f: il contient des chiffres ou une adresse.`,
  'email-wrong': (text) => `L’adresse électronique ${said(text)} n’est pas valable.`,
  'other-emails': (text) => `Plusieurs adresses dans une case\u202f: la première est gardée, ${text} passe en note.`,
  'phone-wrong': (text) => `Le téléphone ${said(text)} n’est pas lisible.`,
  'departement-unknown': (text) => `Le département ${said(text)} n’est pas connu\u202f: il est laissé vide.`,
  'profile-unknown': (text) => `Le profil ${said(text)} n’est pas dans le vocabulaire\u202f: il est laissé vide.`,
  'date-wrong': (text) => `La date ${said(text)} n’existe pas ou n’est pas lisible.`,
  'date-doubtful': (text) => `La date ${said(text)} est douteuse\u202f: le mois semble écrit avant le jour.`,
  'dates-reversed': () => 'La fin précède le début.',
  'consent-unclear': (text) => `La réponse ${said(text)} n’est ni oui ni non\u202f: l’accord n’est pas repris.`,
  'consent-undated': () => 'Un accord sans date ne se prouve pas\u202f: il n’est pas repris.',
  'no-situation': () => 'Ni organisation ni fonction sur cette ligne.',
  'left-out': () => 'Laissée de côté à la vérification.',
  twin: (text) => `La même personne que la ligne ${text}.`,
  known: (text) => `${text} est déjà dans l’annuaire.`,
  'looks-like': (text) => `Ressemble à ${text}, sans certitude.`,
  'shared-email': (text) => `Cette adresse est aussi celle de ${text}\u202f: deux personnes distinctes.`,
  'no-organisation-name': () => 'Le nom de l’organisation manque.',
  'kind-unknown': (text) => `Le type ${said(text)} n’est pas dans le vocabulaire\u202f: il est laissé vide.`,
  'siret-wrong': (text) => `Le SIRET ${said(text)} n’est pas juste\u202f: un chiffre au moins est faux.`,
  siren: (text) => `${said(text)} est un SIREN, à neuf chiffres\u202f: il faudrait le SIRET.`,
  'website-wrong': (text) => `L’adresse de site ${said(text)} n’est pas valable\u202f: elle n’est pas reprise.`,
  'organisation-twin': (text) => `La même organisation que la ligne ${text}.`,
  namesake: (text) => `Une fiche ${text} existe déjà, sans rien qui prouve que c’est la même personne.`,
}

/** « Jean-Marie de La Tour, jean@exemple.fr, Mairie de Lodève » */
export function personSummary({ givenName, familyName, email, phone, organisation, function: work }: Said): string {
  const name = [givenName, familyName].filter(Boolean).join(' ')
  return [name, email, phone, work, organisation].filter(Boolean).join(', ')
}
