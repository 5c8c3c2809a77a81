import type { SessionProblem } from './session-rules.ts'

/** French sentences of the refusals that several pages share. */

export const NO_SUCH_CHOICE = 'Ce choix n’existe pas, ou plus.'
export const NOT_ALLOWED = 'Votre rôle ne permet pas de modifier les activités.'

export function sessionSentence(problem: SessionProblem): string {
  switch (problem.type) {
    case 'ends-before-it-starts':
      return 'Cette séance finit avant de commencer.'
    case 'too-long':
      return 'Une séance dure soixante jours au plus.'
    case 'overlaps':
      return `Cette séance chevauche la séance ${problem.other + 1}.`
    default:
      return problem satisfies never
  }
}
