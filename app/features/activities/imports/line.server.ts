import {
  departementLookup,
  bareLine,
  type PersonSaid,
  personReader,
  plainWords,
  readDate,
  readTime,
  termLookup,
} from '#app/features/directory/index.server.ts'
import type { Database } from '#app/platform/database.server.ts'
import type { ImportChoices, ImportReason } from '#app/platform/imports.ts'
import {
  type ActivityRole,
  type AttendanceStatus,
  type Mode,
  modeLabels,
  roleLabels,
  type Scale,
  scaleLabels,
} from '../labels.ts'

export interface ActivitySaid {
  title: string
  day: string
  start: string
  end: string
  kindId: string
  mode: Mode
  role: ActivityRole
  scale: Scale
  place: string | null
  departementId: string | null
  themeId: string | null
  /** People counted without their names. */
  count: number
}

export interface PresenceSaid extends Record<string, unknown> {
  activity: ActivitySaid
  person: PersonSaid | null
  status: AttendanceStatus
}

type Cells = Readonly<Record<string, string>>
type Say = (code: string, column: string, text?: string | null, fatal?: boolean) => void

/** One line is somebody at an activity, or an activity with how many came. */
export async function presenceReader(db: Database, choices: ImportChoices) {
  const readPerson = await personReader(db, choices)
  const readActivity = await activityReader(db)
  return (cells: Cells): { said: PresenceSaid; reasons: ImportReason[] } => {
    const reasons: ImportReason[] = []
    const say: Say = (code, column, text, fatal = false) =>
      void reasons.push({ code, column, ...(text ? { text: text.slice(0, 200) } : {}), ...(fatal ? { fatal } : {}) })
    const activity = readActivity(cells, say)
    const named = ['familyName', 'givenName', 'fullName', 'email'].some((key) => bareLine(cells[key] ?? '') !== '')
    const person = named ? readPerson(cells) : null
    if (!named && activity.count === 0) say('nobody', 'count', null, true)
    if (named && activity.count > 0) activity.count = 0
    const status = readStatus(bareLine(cells.status ?? ''), say)
    return {
      said: { activity, person: person?.said ?? null, status },
      reasons: [...reasons, ...(person?.reasons ?? [])],
    }
  }
}

async function activityReader(db: Database) {
  const [kind, theme, departement] = [
    await termLookup(db, 'activite'),
    await termLookup(db, 'theme'),
    await departementLookup(db),
  ]
  return (cells: Cells, say: Say): ActivitySaid => {
    const cell = (key: string) => bareLine(cells[key] ?? '')
    const title = cell('title')
    if (!title) say('no-title', 'title', null, true)
    const kindId = kind(cell('kind'))
    if (!kindId) say(cell('kind') ? 'activity-kind-unknown' : 'no-activity-kind', 'kind', cell('kind'), true)
    const themeId = theme(cell('theme'))
    if (!themeId && cell('theme')) say('theme-unknown', 'theme', cell('theme'))
    return {
      title,
      ...readSpan(cell, say),
      kindId: kindId ?? '',
      mode:
        oneOf(modeLabels, cell('mode')) ??
        (/visio|webinaire|ligne|zoom|teams/i.test(cell('mode')) ? 'distanciel' : 'presentiel'),
      role: oneOf(roleLabels, cell('role')) ?? 'organisateur',
      scale: oneOf(scaleLabels, cell('scale')) ?? 'regional',
      place: cell('place') || null,
      departementId: departement.byWord(cell('activityDepartement')),
      themeId,
      count: readCount(cell('count'), say),
    }
  }
}

/** A day without hours is told as a morning, which counts one half-day: it is said, and can be corrected. */
function readSpan(cell: (key: string) => string, say: Say) {
  const date = readDate(cell('day'))
  if (date === 'none') say('no-day', 'day', null, true)
  else if (typeof date === 'string') say(`date-${date}`, 'day', cell('day'), true)
  const day = typeof date === 'object' ? date.day : ''
  const said = readTime(cell('start')) ?? (typeof date === 'object' ? date.time : null)
  const start = said ?? '09:00'
  const end = readTime(cell('end')) ?? (said ? laterBy(said, 3) : '12:00')
  if (end <= start) say('hours-reversed', 'end', `${start}, ${end}`, true)
  else if (!said) say('no-hours', 'start')
  return { day, start, end }
}

const laterBy = (time: string, hours: number) => {
  const hour = Number(time.slice(0, 2)) + hours
  return hour > 23 ? '23:59' : `${String(hour).padStart(2, '0')}${time.slice(2)}`
}

function readCount(text: string, say: Say): number {
  const plain = text.replace(/\s/g, '').replace(/[.,]0+$/, '')
  if (plain === '') return 0
  if (/^\d{1,6}$/.test(plain) && Number(plain) <= 100_000) return Number(plain)
  say('count-wrong', 'count', text, true)
  return 0
}

const statusWords: [RegExp, AttendanceStatus][] = [
  [/^(|oui|o|x|1|vrai|present.*|venu.*|a participe|ok)$/, 'present'],
  [/^(excuse.*|exc)$/, 'excused'],
  [/^(non|n|0|faux|absent.*|pas venu.*)$/, 'absent'],
  [/^(inscrit.*)$/, 'registered'],
  [/^(annul.*|desist.*)$/, 'cancelled'],
]

function readStatus(text: string, say: Say): AttendanceStatus {
  const word = plainWords(text)
  const found = statusWords.find(([words]) => words.test(word))
  if (!found) say('status-unknown', 'status', text, true)
  return found?.[1] ?? 'present'
}

function oneOf<Code extends string>(labels: Record<Code, string>, text: string): Code | null {
  const words = plainWords(text)
  const codes = Object.keys(labels) as Code[]
  return codes.find((code) => words !== '' && [plainWords(code), plainWords(labels[code])].includes(words)) ?? null
}
