import type { ImportKind, UndoRule } from '#app/platform/imports.ts'
import { consentColumns, identityColumns, noteColumn, situationColumns, situationDates } from './person-columns.ts'
import { personReader, type PersonSaid } from './person-line.server.ts'
import { PeopleJudge, type PersonLine, type PersonVerdict } from './person-verdicts.server.ts'
import { personSentences, personSummary } from './sentences.ts'
import { lockAddresses, writePeople } from './person-writing.server.ts'

/** A person goes with the situations and answers that the import gave them; so each is looked at before those. */
export const directoryUndo: UndoRule[] = [
  {
    entity: 'person',
    table: 'directory.person',
    owned: [
      { table: 'directory.affiliation', column: 'person_id', entity: 'affiliation' },
      { table: 'directory.consent', column: 'person_id', entity: 'consent' },
    ],
    filled: ['email', 'phone', 'departement_id', 'note'],
  },
  {
    entity: 'affiliation',
    table: 'directory.affiliation',
    owned: [],
    parent: { entity: 'person', column: 'person_id' },
    filled: ['function', 'profile_id'],
  },
  {
    entity: 'consent',
    table: 'directory.consent',
    owned: [],
    parent: { entity: 'person', column: 'person_id' },
    filled: [],
  },
  {
    entity: 'organisation',
    table: 'directory.organisation',
    owned: [],
    filled: ['siret', 'acronym', 'kind_id', 'email', 'phone', 'website', 'departement_id', 'note'],
  },
]

const named = {
  oneOf: ['familyName', 'fullName'],
  sentence: 'Dites quelle colonne donne le nom (ou le nom et le prénom ensemble).',
}

const open: ImportKind['open'] = async (db, choices) => {
  const read = await personReader(db, choices)
  const judge = new PeopleJudge(choices)
  return {
    read: (cells) => {
      const { said, reasons } = read(cells)
      return { said: reasons.some(({ fatal }) => fatal) ? null : said, reasons }
    },
    lock: async (tx, lines) => void (await lockAddresses(tx, lines as PersonLine[])),
    judge: (tx, lines) => judge.judge(tx, lines as PersonLine[]),
    write: async (tx, run, lines, verdicts) => {
      const judged = verdicts as ReadonlyMap<number, PersonVerdict>
      const { traces, people } = await writePeople(tx, run, lines as PersonLine[], judged, choices)
      return { traces, targets: people }
    },
  }
}

export const peopleKind: ImportKind = {
  key: 'personnes',
  label: 'Personnes',
  detail: 'Un carnet d’adresses : noms, coordonnées, organisation, fonction, accords donnés.',
  people: true,
  permissions: ['directory:write'],
  columns: [...identityColumns, ...situationColumns, ...consentColumns, noteColumn],
  needs: [named],
  summary: personSummary,
  sentences: personSentences,
  open,
  undo: directoryUndo,
}

/** The same lines, each being a situation with its dates: who worked where, as what, from when to when. */
export const affiliationsKind: ImportKind = {
  key: 'situations',
  label: 'Situations professionnelles',
  detail: 'Qui travaille ou a travaillé où, avec quelle fonction, de quand à quand.',
  people: true,
  permissions: ['directory:write'],
  columns: [...identityColumns, ...situationColumns, ...situationDates],
  needs: [
    named,
    { oneOf: ['organisation', 'function'], sentence: 'Dites quelle colonne donne l’organisation ou la fonction.' },
  ],
  summary: personSummary,
  sentences: personSentences,
  open: async (db, choices) => {
    const reading = await open(db, choices)
    return {
      ...reading,
      read: (cells) => {
        const { said, reasons } = reading.read(cells)
        const { organisation, function: work } = (said ?? {}) as Partial<PersonSaid>
        if (!said || organisation || work) return { said, reasons }
        return { said: null, reasons: [...reasons, { code: 'no-situation', column: 'organisation', fatal: true }] }
      },
    }
  },
  undo: directoryUndo,
}
