import type { AddWalkInError, WalkIn } from './add-walk-in.server.ts'
import type { CorrectAttendanceError } from './correct-attendance.server.ts'
import type { MarkError } from './mark-attendance.server.ts'
import type { RemoveWalkInError } from './remove-walk-in.server.ts'
import type { SetUnidentifiedError } from './set-unidentified.server.ts'
import { maxUnidentified } from './unidentified.ts'
import { formatNumber, plural } from '#app/ui/french.ts'

/** What the pages answer to each refusal: the status, the sentence, and its field when there is one. */
export interface Refusal {
  status: 400 | 403 | 404 | 409
  message: string
  field?: string
}

type AnyError = MarkError | AddWalkInError | CorrectAttendanceError | RemoveWalkInError | SetUnidentifiedError

export function refusalOf(error: AnyError): Refusal {
  switch (error.type) {
    case 'not-allowed':
      return { status: 403, message: 'Votre rôle ne permet pas de tenir la feuille de présence.' }
    case 'no-such-activity':
      return { status: 404, message: 'Cette activité n’existe plus.' }
    case 'activity-cancelled':
      return { status: 409, message: 'Cette activité est annulée\u202f: sa feuille de présence ne se pointe plus.' }
    case 'no-such-person':
      return { status: 400, message: 'Cette personne n’est plus dans l’annuaire.', field: 'prenom' }
    case 'same-name':
      return {
        status: 409,
        message:
          'Une personne de ce nom est déjà sur la liste\u202f: pointez sa ligne ou, si c’en est une autre, donnez son adresse électronique.',
        field: 'courriel',
      }
    case 'no-such-row':
      return { status: 404, message: 'Cette personne n’est plus sur la liste.' }
    case 'not-a-walk-in':
      return {
        status: 409,
        message: 'Cette personne s’était inscrite\u202f: on annule son inscription, on ne la retire pas.',
      }
    case 'out-of-range':
      return { status: 400, message: `Donnez un nombre de 0 à ${formatNumber(maxUnidentified)}.`, field: 'nombre' }
    case 'unknown-reference':
      return { status: 400, ...referenceSentences[error.field] }
    default:
      return error satisfies never
  }
}

const referenceSentences = {
  profileId: { field: 'profil', message: 'Ce profil n’existe pas.' },
  organisationId: { field: 'organisation', message: 'Cette organisation n’est plus dans l’annuaire.' },
  departementId: { field: 'departement', message: 'Ce département n’existe pas.' },
}

export const walkInSentence = (name: string, outcome: WalkIn['outcome']): string =>
  ({
    added: `${name}\u00a0: sur la liste, présent·e.`,
    found: `${name} était déjà sur la liste\u00a0: pointé·e présent·e.`,
    'already-present': `${name} est déjà pointé·e présent·e.`,
  })[outcome]

export const bulkSentence = (changed: number, status: 'present' | 'absent'): string => {
  if (changed === 0) return 'Tout le monde était déjà pointé.'
  const word = status === 'present' ? 'présente' : 'absente'
  return `${plural(changed, 'personne')} ${changed > 1 ? 'pointées' : 'pointée'} ${word}${changed > 1 ? 's' : ''}.`
}

export const undoneSentence = (restored: number, kept: number): string =>
  [
    restored > 0 ? `${plural(restored, 'pointage')} ${restored > 1 ? 'annulés' : 'annulé'}.` : 'Rien à annuler.',
    kept > 0 &&
      `${plural(kept, 'ligne')} ${kept > 1 ? 'gardées, pointées' : 'gardée, pointée'} depuis par quelqu’un d’autre.`,
  ]
    .filter(Boolean)
    .join(' ')
