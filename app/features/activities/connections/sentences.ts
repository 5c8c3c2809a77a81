import { plural } from '#app/ui/french.ts'
import { refusalOf as sheetRefusal } from '../attendance/sentences.ts'
import type { ApplyError } from './apply-list.server.ts'
import type { Done } from './effects.server.ts'
import type { SaveDraftError } from './save-draft.server.ts'
import type { UndoListError } from './undo-list.server.ts'

export interface Refusal {
  status: 400 | 403 | 404 | 409
  message: string
  /** The line it is about. */
  line?: string
}

const people = {
  'no-such-person': 'Cette personne n’est plus dans l’annuaire.',
  'same-name': 'Une personne de ce nom est déjà sur la liste\u202f: choisissez-la, ou donnez son adresse électronique.',
}

export function refusalOf(error: ApplyError | UndoListError | SaveDraftError): Refusal {
  switch (error.type) {
    case 'not-allowed':
    case 'no-such-activity':
    case 'activity-cancelled':
      return sheetRefusal(error)
    case 'no-such-list':
      return { status: 409, message: 'Cette liste n’est plus en vigueur\u202f: quelqu’un l’a annulée ou remplacée.' }
    case 'not-in-force':
      return { status: 409, message: 'Cette liste n’est pas validée, ou elle est déjà annulée.' }
    case 'not-a-draft':
      return { status: 409, message: 'Cette liste est déjà validée.' }
    case 'forgotten':
      return {
        status: 409,
        message:
          'Les noms de cette liste ont été effacés\u202f: elle ne se règle plus. Importez de nouveau le fichier s’il le faut.',
      }
    case 'undecided':
      return {
        status: 400,
        message: `${plural(error.lines.length, 'connexion reste', 'connexions restent')} à décider.`,
      }
    case 'bad-decision':
      return { status: 400, message: people[error.why], line: error.line }
    default:
      return error satisfies never
  }
}

/** « 55 personnes pointées présentes, 3 ajoutées à la liste. » */
export function doneSentence({ marked, added, givenBack }: Done): string {
  const said = [
    marked > 0 && `${plural(marked, 'personne pointée présente', 'personnes pointées présentes')}`,
    added > 0 && `${plural(added, 'personne ajoutée', 'personnes ajoutées')} à la liste`,
    givenBack > 0 &&
      `${plural(givenBack, 'pointage rendu', 'pointages rendus')} à ce qu’il était`.replace(
        'qu’il était',
        givenBack > 1 ? 'qu’ils étaient' : 'qu’il était',
      ),
  ].filter(Boolean)
  return said.length > 0 ? `${said.join(', ')}.` : 'Tout était déjà à jour\u202f: rien n’a changé.'
}

export const minutesSaid = (minutes: number | null): string => {
  if (minutes === null) return 'durée inconnue'
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  if (hours === 0) return `${rest}\u00a0min`
  return rest === 0 ? `${hours}\u00a0h` : `${hours}\u00a0h\u00a0${String(rest).padStart(2, '0')}`
}
