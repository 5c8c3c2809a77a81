import type { ConnectionFileProblem } from './reading/read-file.server.ts'

/** Why a name may be that person's. */
export type Reason =
  | 'email'
  | 'email-other-name'
  | 'same-name'
  | 'near-name'
  | 'initial'
  | 'one-word'
  | 'organisation'
  | 'decided'
  | 'decided-elsewhere'

export const reasonLabels: Record<Reason, string> = {
  email: 'même adresse',
  'email-other-name': 'même adresse, autre nom',
  'same-name': 'même nom',
  'near-name': 'nom proche',
  initial: 'initiale',
  'one-word': 'un seul mot du nom',
  organisation: 'même organisation',
  decided: 'déjà reconnu·e ici',
  'decided-elsewhere': 'déjà reconnu·e ailleurs',
}

/** The minimum that a list proposes when nobody has said another. */
export const usualRule = { kind: 'share', value: 33 } as const

export const ruleKinds = ['share', 'minutes', 'none'] as const

export const MAX_LIST_BYTES = 5 * 1024 * 1024

type OwnProblem = Extract<ConnectionFileProblem, { type: 'no-table' | 'nobody' | 'too-many' }>

export function readingSentence(problem: OwnProblem): string {
  switch (problem.type) {
    case 'no-table':
      return 'Aucune colonne de ce fichier ne dit qui s’est connecté. Il faut au moins un nom ou une adresse, et une durée, une arrivée ou une présence.'
    case 'nobody':
      return 'Ce fichier ne nomme personne qui se soit connecté.'
    case 'too-many':
      return 'Ce fichier nomme plus de 5\u202f000 personnes ou compte plus de 40\u202f000 lignes\u202f: ce n’est pas la liste d’une réunion.'
    default:
      return problem satisfies never
  }
}
