import { wordsLikeness } from '#app/features/directory/index.server.ts'
import type { Reason } from './words.ts'
import { nameWords, plain } from './reading/plain.ts'
import { readName } from './reading/said-name.ts'

/** A participant of the list, in the words by which somebody may be recognised. */
export interface Said {
  ref: string
  email: string | null
  /** Ways to read the name: its words, without accents. */
  names: string[][]
  /** What may name an organisation. */
  hints: string[]
  /** Recognised by hand before: on this activity, or on another one. */
  decided: { personId: string; here: boolean }[]
}

export interface Known {
  personId: string
  name: string
  given: string
  family: string
  email: string | null
  detail: string | null
  organisations: string
  registered: boolean
}

export interface Candidate {
  personId: string
  name: string
  detail: string | null
  registered: boolean
  /** 0 to 100. */
  score: number
  reasons: Reason[]
}

const SHOWN = 6
const SURE = 84
/** How far the next one must be. */
const APART = 10

const byLikeness = [0, 58, 78, 90] as const
const nameReasons = [null, 'initial', 'near-name', 'same-name'] as const

export function saidOf(
  participant: { key: string; name: string; email: string | null; organisation?: string | null },
  decided: Said['decided'],
): Said {
  const { names, hints } = readName(participant.name)
  const all = [...names.map(nameWords), ...ofAddress(participant.email)].filter((words) => words.length > 0)
  const organisations = [...hints, participant.organisation ?? ''].map(plain).filter((hint) => hint.length >= 3)
  return { ref: participant.key, email: participant.email, names: all.slice(0, 6), hints: organisations, decided }
}

/** « ines.bouzid@… » says a name too. */
function ofAddress(email: string | null): string[][] {
  const words = nameWords(email?.split('@')[0] ?? '').filter((word) => /^\p{L}+$/u.test(word))
  return words.length === 2 ? [words] : []
}

/** Who it may be, the likeliest first, and why. */
export function candidatesFor(said: Said, people: readonly Known[]): Candidate[] {
  const found = people.flatMap((person) => candidate(said, person) ?? [])
  return found.sort((one, other) => other.score - one.score || one.name.localeCompare(other.name, 'fr')).slice(0, SHOWN)
}

/** The first, when it is likely enough and nobody else nearly as much. */
export function sureOne([first, second]: readonly Candidate[]): Candidate | null {
  return first && first.score >= SURE && first.score - (second?.score ?? 0) >= APART ? first : null
}

function candidate(said: Said, person: Known): Candidate | null {
  const reasons: Reason[] = []
  const decided = said.decided.find(({ personId }) => personId === person.personId)
  const scores = [ofName(said, person, reasons), ofEmail(said, person, reasons)]
  if (decided) {
    scores.push(decided.here ? 130 : 80)
    reasons.unshift(decided.here ? 'decided' : 'decided-elsewhere')
  }
  const best = Math.max(...scores)
  if (best === 0) return null
  const known = said.hints.some((hint) => organisationAgrees(hint, person.organisations))
  if (known) reasons.push('organisation')
  const score = best + (known ? 8 : 0) + (person.registered ? 6 : -8)
  const { personId, name, detail, registered } = person
  return { personId, name, detail, registered, score: Math.max(1, Math.min(decided?.here ? 130 : 100, score)), reasons }
}

function ofName({ names }: Said, person: Known, reasons: Reason[]): number {
  const likeness = Math.max(0, ...names.map((words) => (couldBe(words, person) ? wordsLikeness(words, person) : 0)))
  const reason = nameReasons[likeness]
  if (reason) reasons.push(reason)
  // « N. Perrin » is Nadia Perrin before Nadia Perrot
  const whole = names.some((words) => person.family.split(' ').every((word) => words.includes(word)))
  if (likeness > 0) return byLikeness[likeness as 1 | 2 | 3] + (likeness < 3 && whole ? 6 : 0)
  const alone = names.some((words) => words.length === 1 && bears(words[0]!, person))
  if (alone) reasons.push('one-word')
  return alone ? 35 : 0
}

/** Both names begin by the letter of a word: nothing else is worth measuring. */
function couldBe(words: readonly string[], { given, family }: Known): boolean {
  const initials = new Set(words.map((word) => word[0]))
  const begins = (name: string) => name.split(' ').some((word) => initials.has(word[0]))
  return words.length > 1 && begins(given) && begins(family)
}

const bears = (word: string, { given, family }: Known) =>
  word.length >= 3 && `${given} ${family}`.split(' ').includes(word)

/** A shared address with another name is another person; with a name that says nothing, it is whoever has it. */
function ofEmail({ email, names }: Said, person: Known, reasons: Reason[]): number {
  if (!email || person.email?.toLowerCase() !== email) return 0
  const named = names.some((words) => words.length > 1)
  const same = reasons.length > 0
  reasons.unshift(same || !named ? 'email' : 'email-other-name')
  return same ? 100 : named ? 50 : 92
}

/** « ville de sete » and « commune de sete »: a word that is not common to all of them, or the whole acronym. */
function organisationAgrees(hint: string, organisations: string): boolean {
  if (organisations === '') return false
  const there = new Set(organisations.split(' '))
  const words = hint.split(' ').filter((word) => word.length >= 3 && !COMMON.has(word))
  return words.length > 0 && words.every((word) => there.has(word))
}

const COMMON = new Set(
  'ville mairie commune communaute agglomeration metropole association asso departement conseil departemental regional region service centre social maison des les aux sur pour'.split(
    ' ',
  ),
)
