import type { Database } from '#app/platform/database.server.ts'
import type { ImportChoices, ImportReason, StagedLine, Verdict } from '#app/platform/imports.ts'
import { nameLikeness, type PlainName } from '../names.ts'
import {
  affiliationsOf,
  type Candidate,
  compareLines,
  type ComparedLine,
  consentsOf,
  type KnownAffiliation,
  type KnownConsent,
  type KnownPerson,
  peopleByIds,
  phoneEnd,
} from './person-candidates.server.ts'
import type { PersonSaid, SaidConsent } from './person-line.server.ts'

export type PersonLine = Omit<StagedLine, 'said'> & { said: PersonSaid }

/** What a line would change of somebody known. */
export interface Gap {
  fields: Partial<Record<'email' | 'phone' | 'departementId' | 'note', string>>
  /** The situation to add; or the one to fill, when the same employer is already there. */
  situation: 'add' | { id: string; function?: string; profileId?: string } | null
  consents: SaidConsent[]
}

export type PersonVerdict = Verdict & { gap?: Gap; organisation?: string }

interface Seen {
  line: number
  name: PlainName
  email: string | null
  targetId: string | null
}

/**
 * Who each line is: somebody of the directory, an earlier line of the file, nobody yet, or a doubt. Remembers the lines it has
 * judged, so that somebody written twice in a file is one person.
 */
export class PeopleJudge {
  readonly #choices: ImportChoices
  readonly #seen = new Map<string, Seen[]>()

  constructor(choices: ImportChoices) {
    this.#choices = choices
  }

  async judge(tx: Database, lines: readonly PersonLine[]): Promise<Map<number, PersonVerdict>> {
    const compared = await compareLines(tx, lines)
    const verdicts = new Map<number, PersonVerdict>()
    for (const line of lines) {
      const facts = compared.get(line.line)!
      const verdict = { ...this.#identify(line, facts), organisation: facts.organisation }
      verdicts.set(line.line, verdict)
      if (verdict.outcome !== 'rejected' && verdict.outcome !== 'doubtful') this.#remember(line, facts, verdict)
    }
    await this.#measure(tx, lines, compared, verdicts)
    return verdicts
  }

  #identify(line: PersonLine, facts: ComparedLine): PersonVerdict {
    if (line.decision === 'out') return { outcome: 'rejected', reasons: [{ code: 'left-out' }] }
    if (line.decision === 'same' && line.decidedId) return { outcome: 'complete', targetId: line.decidedId }
    const twin = this.#twin(line, facts.name)
    if (twin) return { outcome: 'complete', targetId: twin.targetId, twinOf: twin.line, reasons: [twinReason(twin)] }
    const { known, matching } = this.#choices
    if (line.decision === 'new' || known === 'new') return { outcome: 'create', reasons: shared(facts, line.said) }
    const { sure, doubts } = weigh(facts, line.said, matching)
    if (sure && known === 'ask') return doubtful([sure], 'known')
    if (sure) return { outcome: 'complete', targetId: sure.id }
    if (doubts.length > 0) return doubtful(doubts, 'looks-like')
    return { outcome: 'create', reasons: shared(facts, line.said) }
  }

  /** The first earlier line that is the same person by the rules chosen. */
  #twin({ said }: PersonLine, name: PlainName): Seen | null {
    for (const key of keysOf(said, name, this.#choices.matching)) {
      const found = this.#seen
        .get(key)
        ?.find(
          (seen) =>
            nameLikeness(seen.name, name) >= (key.startsWith('n') ? 3 : 2) && !differ(key, seen.email, said.email),
        )
      if (found) return found
    }
    return null
  }

  #remember({ line, said }: PersonLine, { name }: ComparedLine, { targetId = null, twinOf }: PersonVerdict) {
    const seen = { line: twinOf ?? line, name, email: said.email, targetId }
    for (const key of keysOf(said, name, 'name')) {
      const list = this.#seen.get(key)
      if (!list) this.#seen.set(key, [seen])
      else if (list.length < 50) list.push(seen)
    }
  }

  /** Of those who are known: is there anything to add? */
  async #measure(
    tx: Database,
    lines: readonly PersonLine[],
    compared: ReadonlyMap<number, ComparedLine>,
    verdicts: ReadonlyMap<number, PersonVerdict>,
  ) {
    const ids = [...new Set([...verdicts.values()].flatMap(({ targetId }) => targetId ?? []))]
    if (ids.length === 0) return
    const [people, affiliations] = [await peopleByIds(tx, ids), await affiliationsOf(tx, ids)]
    const consents = await consentsOf(tx, ids)
    for (const { line, said } of lines) {
      const verdict = verdicts.get(line)!
      const id = verdict.targetId
      if (!id || verdict.outcome !== 'complete') continue
      const facts = compared.get(line)!
      const person = people.get(id) ?? null
      const gap = gapOf(said, facts.organisation, person, affiliations.get(id) ?? [], consents.get(id) ?? [])
      const nothing = Object.keys(gap.fields).length === 0 && !gap.situation && gap.consents.length === 0
      verdict.gap = gap
      if (this.#choices.known === 'keep' || nothing) verdict.outcome = 'same'
    }
  }
}

const twinReason = ({ line }: Seen): ImportReason => ({ code: 'twin', text: String(line) })

const doubtful = (people: readonly KnownPerson[], code: string): PersonVerdict => ({
  outcome: 'doubtful',
  candidates: people.slice(0, 5).map(({ id, label, email }) => ({ id, label: email ? `${label}, ${email}` : label })),
  reasons: [{ code, text: people[0]!.label }],
})

/** An address told twice with two names belongs to two people: it is said, not refused. */
function shared({ candidates }: ComparedLine, said: PersonSaid): ImportReason[] {
  const other = candidates.find(({ via }) => via === 'email')
  if (other && said.email) return [{ code: 'shared-email', column: 'email', text: other.person.label }]
  const namesake = candidates.find(({ via }) => via === 'name')
  return namesake ? [{ code: 'namesake', text: namesake.person.label }] : []
}

const keysOf = (said: PersonSaid, { given, family }: PlainName, matching: ImportChoices['matching']) => [
  ...(said.email ? [`e ${said.email}`] : []),
  ...(matching !== 'email' && phoneEnd(said.phone) ? [`p ${phoneEnd(said.phone)}`] : []),
  ...(matching === 'name' ? [`n ${[given, family].sort().join(' ')}`] : []),
]

/** Two namesakes with two addresses are two people. */
const differ = (key: string, one: string | null, other: string | null) =>
  key.startsWith('n') && one !== null && other !== null && one !== other

/** Sure: the same address (or telephone) and the same name, give or take a slip. Doubtful: an initial, several, a namesake with another address. */
function weigh({ name, candidates }: ComparedLine, said: PersonSaid, matching: ImportChoices['matching']) {
  const usable = candidates.filter(
    ({ via }) =>
      via === 'email' || (via === 'phone' && matching !== 'email') || (via === 'name' && matching === 'name'),
  )
  const likely = usable
    .map((one) => ({ ...one, likeness: likenessOf(one, name, said) }))
    .filter(({ likeness }) => likeness > 0)
  const best = Math.max(0, ...likely.map(({ likeness }) => likeness))
  const people = uniquePeople(likely.filter(({ likeness }) => likeness === best))
  if (best >= 2 && people.length === 1) return { sure: people[0]!, doubts: [] }
  return { sure: null, doubts: people }
}

function likenessOf({ via, name: known, person }: Candidate, name: PlainName, said: PersonSaid): number {
  if (via !== 'name') return nameLikeness(known, name)
  return person.email && said.email && person.email.toLowerCase() !== said.email ? 1 : 2
}

const uniquePeople = (candidates: readonly Candidate[]): KnownPerson[] => [
  ...new Map(candidates.map(({ person }) => [person.id, person])).values(),
]

function gapOf(
  said: PersonSaid,
  organisation: string,
  person: KnownPerson | null,
  affiliations: readonly KnownAffiliation[],
  consents: readonly KnownConsent[],
): Gap {
  const fields: Gap['fields'] = {}
  for (const key of ['email', 'phone', 'departementId', 'note'] as const) {
    if (person && person[key] === null && said[key] !== null) fields[key] = said[key]
  }
  const fresh = said.consents.filter(
    (one) =>
      !consents.some(
        ({ purpose, given, day }) =>
          purpose === one.purpose && given === one.given && (one.day === null || day === one.day),
      ),
  )
  return { fields, situation: situationGap(said, organisation, affiliations), consents: fresh }
}

function situationGap(said: PersonSaid, organisation: string, known: readonly KnownAffiliation[]): Gap['situation'] {
  if (!said.organisation && !said.function && !said.profileId) return null
  const same = known.filter(({ names }) =>
    organisation ? names.includes(organisation) : !said.function || names.length === 0,
  )
  const dated =
    said.validFrom || said.validTo
      ? same.filter(({ validFrom, validTo }) => validFrom === said.validFrom && validTo === said.validTo)
      : same
  // without an organisation, whatever is known of somebody's work says more than a profile
  if (!said.organisation && !said.function && known.length > 0 && dated.length === 0) return null
  const one = dated.at(-1)
  if (!one) return 'add'
  const fill = {
    ...(said.function && !one.function ? { function: said.function } : {}),
    ...(said.profileId && !one.profileId ? { profileId: said.profileId } : {}),
  }
  return Object.keys(fill).length > 0 ? { id: one.id, ...fill } : null
}
