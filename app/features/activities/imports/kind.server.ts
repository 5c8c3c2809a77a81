import { sql } from 'drizzle-orm'
import {
  directoryUndo,
  identityColumns,
  lockAddresses,
  PeopleJudge,
  type PersonLine,
  type PersonSaid,
  personSentences,
  personSummary,
  type PersonVerdict,
  situationColumns,
} from '#app/features/directory/index.server.ts'
import type { Database } from '#app/platform/database.server.ts'
import type { ImportChoices, ImportKind } from '#app/platform/imports.ts'
import { activityColumns } from './columns.ts'
import { activitiesOf, attendanceOf, type SameActivity } from './known.server.ts'
import { type PresenceSaid, presenceReader } from './line.server.ts'
import { type PresenceLine, type PresenceVerdict, writePresences } from './write.server.ts'

const peopleOf = (lines: readonly PresenceLine[]) =>
  lines.filter(({ said }) => said.person).map(({ said, ...line }): PersonLine => ({ ...line, said: said.person! }))

/** Who came, where; somebody told twice on one list came once. */
class PresenceJudge {
  readonly #people: PeopleJudge
  readonly #told = new Set<string>()

  constructor(choices: ImportChoices) {
    this.#people = new PeopleJudge(choices)
  }

  async judge(tx: Database, lines: readonly PresenceLine[]): Promise<Map<number, PresenceVerdict>> {
    const people = await this.#people.judge(tx, peopleOf(lines))
    const activities = await activitiesOf(tx, lines)
    const listed = await attendanceOf(
      tx,
      [...activities.values()].flatMap(({ id }) => id ?? []),
    )
    return new Map(
      lines.map(({ line }) => {
        const [person, same] = [people.get(line) ?? null, activities.get(line)!]
        return [line, person ? this.#presence(line, person, same, listed) : counted(same)] as const
      }),
    )
  }

  #presence(line: number, person: PersonVerdict, same: SameActivity, listed: ReadonlySet<string>): PresenceVerdict {
    const { outcome, reasons = [] } = person
    if (outcome === 'doubtful' || outcome === 'rejected') return { ...person, same, person, listed: false }
    const key = `${same.key} ${person.targetId ?? person.twinOf ?? line}`
    const known = this.#told.has(key) || (person.targetId != null && listed.has(`${same.id} ${person.targetId}`))
    this.#told.add(key)
    // the same people come back from one activity to the next: only within one is it worth a word
    const told = known ? [{ code: 'already-listed' }] : reasons.filter(({ code }) => code !== 'twin')
    const gain = known ? (outcome === 'complete' && person.gap ? 'complete' : 'same') : 'create'
    return { ...person, outcome: gain, reasons: told, same, person, listed: known }
  }
}

/** How many came is told for an activity that this file makes, never added to one that is there. */
const counted = (same: SameActivity): PresenceVerdict => ({
  outcome: same.id ? 'same' : 'create',
  reasons: same.id ? [{ code: 'activity-known' }] : [],
  same,
  person: null,
  listed: false,
})

const sentences: ImportKind['sentences'] = {
  ...personSentences,
  'no-title': () => 'Le titre de l’activité manque.',
  'no-day': () => 'La date de l’activité manque.',
  'no-activity-kind': () => 'Le type d’activité manque.',
  'activity-kind-unknown': (text) => `Le type d’activité « ${text} » n’est pas dans le vocabulaire.`,
  'theme-unknown': (text) => `Le thème « ${text} » n’est pas dans le vocabulaire\u202f: il est laissé vide.`,
  'no-hours': () => 'Aucune heure n’est dite\u202f: l’activité est placée de 9 h à 12 h, soit une demi-journée.',
  'hours-reversed': (text) => `Les heures se contredisent\u202f: ${text}.`,
  'count-wrong': (text) => `« ${text} » n’est pas un nombre de personnes.`,
  'status-unknown': (text) => `La présence « ${text} » n’est pas comprise\u202f: présent, absent, excusé ou inscrit.`,
  nobody: () => 'Ni nom ni nombre de participants sur cette ligne.',
  'already-listed': () => 'Déjà sur la liste de cette activité.',
  'activity-known': () => 'Cette activité est déjà là\u202f: son nombre de participants n’est pas changé.',
}

function summary(said: Record<string, unknown>): string {
  const { activity, person } = said as PresenceSaid
  const who = person ? personSummary(person as PersonSaid) : `${activity.count} personnes`
  return `${activity.title}, ${activity.day.split('-').reverse().join('/')}\u202f: ${who}`
}

export const presencesKind: ImportKind = {
  key: 'presences',
  label: 'Activités passées et présences',
  detail: 'Une ligne par personne présente, ou une ligne par activité avec le nombre de participants.',
  people: true,
  permissions: ['directory:write', 'activities:write', 'attendance:write'],
  columns: [...activityColumns, ...identityColumns, ...situationColumns],
  needs: [
    { oneOf: ['title'], sentence: 'Dites quelle colonne donne le titre de l’activité.' },
    { oneOf: ['day'], sentence: 'Dites quelle colonne donne la date de l’activité.' },
    { oneOf: ['kind'], sentence: 'Dites quelle colonne donne le type d’activité.' },
    {
      oneOf: ['familyName', 'fullName', 'count'],
      sentence: 'Dites quelle colonne donne le nom des personnes, ou le nombre de participants.',
    },
  ],
  summary,
  sentences,
  open: async (db, choices) => {
    const read = await presenceReader(db, choices)
    const judge = new PresenceJudge(choices)
    return {
      read: (cells) => {
        const { said, reasons } = read(cells)
        return { said: reasons.some(({ fatal }) => fatal) ? null : said, reasons }
      },
      lock: async (tx, lines) => {
        // two imports at once make an activity once
        await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('activities.import', 0))`)
        await lockAddresses(tx, peopleOf(lines as PresenceLine[]))
      },
      judge: (tx, lines) => judge.judge(tx, lines as PresenceLine[]),
      write: (tx, run, lines, verdicts) =>
        writePresences(tx, run, lines as PresenceLine[], verdicts as ReadonlyMap<number, PresenceVerdict>, choices),
    }
  },
  undo: [
    { entity: 'attendance', table: 'activities.attendance', owned: [], filled: [] },
    {
      entity: 'activity',
      table: 'activities.activity',
      owned: [{ table: 'activities.session', column: 'activity_id' }],
      filled: [],
    },
    ...directoryUndo,
  ],
}
