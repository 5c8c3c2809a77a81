import { formatTime, nb } from '#app/ui/french.ts'
import { attendanceModeLabels } from '../labels.ts'
import type { ShownRow } from './device-state.ts'
import { type DoorRow, type Gesture, type Outcome, rowIdOf } from './door.ts'

/** What is written large when somebody presents themselves, and what one can do about it. */
export interface Said {
  tone: 'good' | 'warn' | 'bad'
  title: string
  detail?: string
  /** The person it is about: taken back, or let in although they had no place. */
  undo?: { id?: string; key?: string }
  admit?: { id: string }
}

type Person = Pick<DoorRow, 'givenName' | 'familyName'>
export const nameOf = ({ givenName, familyName }: Person) => `${givenName} ${familyName}`

const since = (at: number | null | undefined) => (at ? `, depuis ${formatTime(new Date(at))}` : '')

export const welcome = (row: DoorRow, key: string): Said => ({
  tone: 'good',
  title: nb(`Bienvenue, ${nameOf(row)}`),
  detail: nb(
    [attendanceModeLabels.onsite, row.mode === 'remote' && 'inscription à distance', row.organisation]
      .filter(Boolean)
      .join(' · '),
  ),
  undo: { id: row.id, key },
})

export const welcomeNew = (person: Person, key: string): Said => ({
  tone: 'good',
  title: nb(`Bienvenue, ${nameOf(person)}`),
  detail: 'Sur la liste, sans inscription préalable.',
  undo: { key },
})

export const already = (person: Person, at: number | null | undefined): Said => ({
  tone: 'warn',
  title: nb(`${nameOf(person)} est déjà là${since(at)}`),
  detail: 'Rien n’a changé.',
})

export const toDecide = (row: DoorRow): Said => ({
  tone: 'warn',
  title: nb(`${nameOf(row)} : ${row.status === 'waitlisted' ? 'sur la liste d’attente' : 'inscription annulée'}`),
  detail: nb('Cette personne n’a pas de place. La faire entrer quand même ?'),
  admit: { id: row.id },
})

const unknownCode: Said = {
  tone: 'bad',
  title: 'Ce code n’est pas un billet de cette activité',
  detail: 'Cherchez la personne par son nom.',
}

const toCheck: Said = {
  tone: 'warn',
  title: 'Billet inconnu de cet appareil',
  detail: 'Il sera vérifié dès que le réseau répond. Cherchez la personne par son nom.',
}

const justListed: Said = {
  tone: 'good',
  title: 'Bienvenue',
  detail: 'Billet vérifié : cette personne vient de rejoindre la liste.',
}

export type Decision =
  | { do: 'enter'; row: ShownRow }
  /** Not on the list of this device: the server may know better. */
  | { do: 'ask'; said: Said }
  | { do: 'nothing'; said: Said }

/** What to do of somebody who presents themselves, by what this device knows. */
export function decide(row: ShownRow): Decision {
  if (row.status === 'present') return { do: 'nothing', said: already(row, row.at) }
  if (row.status === 'waitlisted' || row.status === 'cancelled') return { do: 'nothing', said: toDecide(row) }
  return { do: 'enter', row }
}

/** The same of a code: known by its tag, it needs no network. */
export function decideCode(rows: readonly ShownRow[], code: string): Decision {
  const id = rowIdOf(code)
  if (!id) return { do: 'nothing', said: unknownCode }
  const row = rows.find((one) => one.id === id)
  return row && code.endsWith(row.tag) ? decide(row) : { do: 'ask', said: toCheck }
}

/** What the server answered, when this device had said something else or nothing yet. */
export function saidOf(gesture: Gesture, outcome: Outcome, row: DoorRow | undefined): Said | null {
  const person = gesture.kind === 'walk-in' ? gesture : row
  switch (outcome.outcome) {
    case 'entered':
      return row ? welcome(row, gesture.key) : justListed
    case 'already':
      return person ? already(person, outcome.at) : null
    case 'waitlisted':
    case 'cancelled':
      return row ? toDecide({ ...row, status: outcome.outcome }) : null
    case 'elsewhere':
      return {
        tone: 'bad',
        title: 'Ce billet est celui d’une autre activité',
        detail: outcome.activity && nb(`« ${outcome.activity} »`),
      }
    case 'unknown':
      return gesture.kind === 'enter' && gesture.code
        ? unknownCode
        : { tone: 'bad', title: 'Cette personne n’est plus sur la liste' }
    case 'unreadable':
      return { tone: 'bad', title: 'Ce geste n’a pas pu être enregistré', detail: 'Recommencez-le.' }
    case 'same-name':
    case 'undone':
    case 'added':
    case 'found':
    case 'not-present':
      return null
    default:
      return outcome.outcome satisfies never
  }
}
