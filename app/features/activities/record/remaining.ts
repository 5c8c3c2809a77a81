import type { ActivityStatus, Mode } from '../labels.ts'

export interface Remaining {
  key: string
  label: string
  /** After /bureau/activites/:id */
  path: string
}

export interface RemainingFacts {
  status: ActivityStatus
  mode: Mode
  startsAt: Date | null
  endsAt: Date | null
  place: string | null
  remoteLink: string | null
  mainThemeId: string | null
  leadPersonId: string | null
  toTick: number
  present: number
  unidentifiedCount: number
}

/** What is left to do on an activity, the most pressing first: each line leads to where it is done. */
export function remainingTasks(facts: RemainingFacts, now: Date): Remaining[] {
  if (facts.status === 'cancelled') return []
  const over = facts.endsAt !== null && facts.endsAt < now
  const tasks: (Remaining | false)[] = [
    facts.startsAt === null && { key: 'session', label: 'Donner une date', path: '/modifier#seances' },
    facts.status === 'draft' && { key: 'publish', label: 'Publier l’activité', path: '#publier' },
    !over &&
      facts.mode !== 'distanciel' &&
      !facts.place && { key: 'place', label: 'Indiquer le lieu', path: '/modifier#place' },
    !over &&
      facts.mode !== 'presentiel' &&
      !facts.remoteLink && { key: 'link', label: 'Donner le lien de connexion', path: '/modifier#remoteLink' },
    over && facts.toTick > 0 && { key: 'tick', label: tickLabel(facts.toTick), path: '/presence' },
    over &&
      facts.toTick === 0 &&
      facts.present === 0 &&
      facts.unidentifiedCount === 0 && { key: 'nobody', label: 'Saisir les présences', path: '/presence' },
    !facts.mainThemeId && { key: 'theme', label: 'Choisir le thème principal', path: '/modifier#mainThemeId' },
    !facts.leadPersonId && { key: 'lead', label: 'Dire qui en est responsable', path: '/modifier#leadPersonId' },
  ]
  return tasks.filter((task) => task !== false)
}

const tickLabel = (count: number) =>
  count === 1 ? 'Pointer la présence d’une personne inscrite' : `Pointer la présence de ${count} personnes inscrites`
