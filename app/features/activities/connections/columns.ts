import type { Column } from '#app/ui/table.ts'
import type { ConnectionDecision } from '../labels.ts'
import type { ReviewLine } from './review.server.ts'

const decisionLabels: Record<ConnectionDecision, string> = {
  person: 'Reconnue',
  unidentified: 'Non identifiée',
  aside: 'Mise de côté',
}

/** A settled list as a file. */
export const lineColumns: Column<ReviewLine>[] = [
  { key: 'affiche', label: 'Nom affiché', value: (line) => line.name },
  { key: 'courriel', label: 'Adresse électronique', value: (line) => line.email },
  { key: 'minutes', label: 'Minutes de connexion', value: (line) => line.minutes, kind: 'number' },
  { key: 'assez', label: 'Assez longue', value: (line) => line.enough },
  { key: 'personnes', label: 'Personnes derrière la connexion', value: (line) => line.heads, kind: 'number' },
  {
    key: 'decision',
    label: 'Décision',
    value: (line) => (line.decision ? decisionLabels[line.decision] : 'À décider'),
  },
  { key: 'personne', label: 'Personne', value: (line) => line.person?.name },
]
