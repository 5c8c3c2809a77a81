import type { Profile } from './organisations.ts'

type Weights = Partial<Record<Profile, number>>

/** An activity of the demonstration, as it is told; its rows are drawn from it. */
export interface DemoActivity {
  /** Part of its public address. */
  slug: string
  day: string
  /** Clocks of Paris. */
  sessions: readonly (readonly [start: string, end: string, title?: string])[]
  kind: string
  title: string
  summary: string
  description?: string
  mode: 'presentiel' | 'distanciel' | 'hybride'
  role: 'organisateur' | 'co-organisateur' | 'partenaire' | 'participant'
  scale: 'national' | 'regional' | 'departemental' | 'local'
  theme: string
  themes?: readonly string[]
  series?: string
  place?: string
  address?: string
  departement?: string
  territories: readonly string[]
  partners?: readonly (readonly [name: string, part: string])[]
  /** People of the directory who were there, then the other rows of the list. */
  present: number
  excused?: number
  absent?: number
  cancelled?: number
  /** Whom it speaks to; the general mixture otherwise. */
  profiles?: Weights
  /** Share of those present who followed from a distance, when hybrid. */
  remote?: number
  /** Accompanied people who could not be named, estimated. */
  estimated?: number
  programme?: readonly (readonly [
    time: string,
    title: string,
    speakers?: readonly (readonly [name: string, function: string])[],
  ])[]
  documents?: readonly (readonly [title: string, path: string])[]
  internal?: boolean
}

export const everybody: Weights = {
  'chef-projet-pv': 15,
  'agent-collectivite': 23,
  association: 19,
  'etat-service': 9,
  'etat-delegue-prefet': 6,
  'education-nationale': 7,
  'conseil-citoyen-habitant': 5,
  elu: 5,
  'bailleur-hlm': 4,
  'universitaire-etudiant': 3,
  'operateur-public': 2,
  consultant: 1,
  'centre-de-ressources': 1,
}
export const schools: Weights = { ...everybody, 'education-nationale': 32, 'agent-collectivite': 28, 'bailleur-hlm': 0 }
export const renewal: Weights = { 'chef-projet-pv': 40, 'bailleur-hlm': 25, 'etat-service': 25, 'agence-urbanisme': 10 }
export const prevention: Weights = {
  'agent-collectivite': 50,
  'chef-projet-pv': 14,
  'etat-delegue-prefet': 12,
  'etat-service': 14,
  elu: 6,
  association: 4,
}
export const work: Weights = { ...everybody, association: 34, 'operateur-public': 10, elu: 6 }
export const residents: Weights = { 'conseil-citoyen-habitant': 80, 'agent-collectivite': 12, association: 8 }
