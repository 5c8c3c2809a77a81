import { err, ok, type Result } from '#app/platform/result.ts'
import { epochOf, orderOf, readMoment, type Written } from './clock.ts'
import { unitOf } from './columns.ts'
import { readEvents } from './events.ts'
import { type ConnectionList, type Join, type NamedConnection, MAX_PARTICIPANTS, type ReadingProblem } from './list.ts'
import { nameWords, plain } from './plain.ts'
import { mergeRows } from './merge-rows.ts'
import { emailOf } from './address.ts'
import { tidy } from './said-name.ts'
import { readSpan } from './spans.ts'
import { cellOf, type Table, tablesIn } from './tables.ts'
import { isDetail, isHostRole, isHosts, isRegistrants, readYes, toolOf } from './tools.ts'

/** Who connected, from when to when, read from the rows of a report of Zoom, Teams, BigBlueButton, Jitsi, Livestorm or of a plain table. */
export function readConnectionList(
  rows: readonly (readonly string[])[],
  { day }: { day: string | null },
): Result<ConnectionList, ReadingProblem> {
  const tool = toolOf(rows)
  const tables = tablesIn(rows).filter((table) => !isRegistrants(table) || table.columns.attended !== undefined)
  if (tables.length === 0) return err({ type: 'no-table' })
  const host = hostAddress(rows)
  const read = tables.flatMap((table) => ({ table, people: peopleOf(table, { day, host }) }))
  const people = mergeRows(preferDetail(read))
  if (people.length === 0) return err({ type: 'nobody' })
  return people.length > MAX_PARTICIPANTS ? err({ type: 'too-many' }) : ok({ tool, participants: people })
}

interface Read {
  table: Table
  people: NamedConnection[]
}

/** Where each coming and going is told apart, the summary only says who hosts and who is not told apart. */
function preferDetail(read: readonly Read[]): NamedConnection[] {
  const detail = read.filter(({ table }) => isDetail(table)).flatMap(({ people }) => people)
  if (detail.length === 0) return read.flatMap(({ people }) => people)
  const told = new Set(detail.flatMap((one) => [one.email ?? '', plain(one.name)]).filter(Boolean))
  const summary = read.filter(({ table }) => !isDetail(table)).flatMap(({ people }) => people)
  const rest = summary.map((one) =>
    told.has(one.email ?? '-') || told.has(plain(one.name)) ? { ...one, joins: [], saidSeconds: null } : one,
  )
  return [...detail, ...rest]
}

interface Facts {
  day: string | null
  host: string | null
}

type RowFacts = Facts & { unit: ReturnType<typeof unitOf> | null }

function peopleOf(table: Table, facts: Facts): NamedConnection[] {
  const { columns } = table
  if (columns.event !== undefined && columns.at !== undefined) return readEvents(table, facts)
  const moments = table.rows.map((cells) => ({
    cells,
    from: readMoment(cellOf(cells, columns.join)),
    to: readMoment(cellOf(cells, columns.leave)),
  }))
  const order = orderOf(
    moments.flatMap(({ from, to }) => [from, to]),
    facts.day,
  )
  const epoch = (written: Written | null) => written && epochOf(written, order, facts.day)
  const rows = moments.map((said) => {
    const [from, to] = [epoch(said.from), epoch(said.to)]
    return { cells: said.cells, from, to, latest: (said.to ? to : from) ?? 0 }
  })
  const last = rows.reduce((latest, row) => Math.max(latest, row.latest), 0)
  const unit = columns.duration === undefined ? null : unitOf(table.headers[columns.duration] ?? '')
  return rows.flatMap(({ cells, from, to }) => rowPeople(table, cells, { ...facts, unit }, { from, to, last }))
}

interface Times {
  from: number | null
  to: number | null
  /** The last moment of the file: who never left stayed until then. */
  last: number
}

function rowPeople(table: Table, cells: readonly string[], facts: RowFacts, times: Times): NamedConnection[] {
  const { columns } = table
  const name = nameOf(table, cells)
  const email = emailOf(cellOf(cells, columns.email))
  if (!name && !email) return []
  const came = columns.attended === undefined ? null : readYes(cellOf(cells, columns.attended))
  const waiting = columns.waiting !== undefined && readYes(cellOf(cells, columns.waiting)) === true
  if (came === false || waiting) return []
  const said = facts.unit && readSpan(cellOf(cells, columns.duration), facts.unit)
  const connected = connectionOf(times, said)
  const silent = connected.joins.length === 0 && connected.saidSeconds === null
  // a file that tells durations and none for this row: an empty line of the report, « Anonyme » in BigBlueButton
  if (silent && came !== true && tellsTime(table)) return []
  const role = roleOf(table, cells, { email, host: facts.host })
  const organisation = tidy(cellOf(cells, columns.organisation)) || null
  return [{ name: name || email!, email, role, organisation, ...connected }]
}

const tellsTime = ({ columns: { join, duration } }: Table) => join !== undefined || duration !== undefined

function nameOf({ columns }: Table, cells: readonly string[]): string {
  if (columns.name !== undefined) return tidy(cellOf(cells, columns.name)).slice(0, 200)
  return tidy(`${cellOf(cells, columns.given)} ${cellOf(cells, columns.family)}`).slice(0, 200)
}

const SUMMARY = 90
const MAX_JOIN = 3 * 86_400

/** First and last moments with a shorter duration tell several connections in one: the duration alone is sure. */
function connectionOf({ from, to, last }: Times, said: number | null): { joins: Join[]; saidSeconds: number | null } {
  if (from === null) return { joins: [], saidSeconds: said }
  const end = to ?? (said === null ? Math.max(from, last) : from + said)
  const whole = end - from
  if (whole < 0 || whole > MAX_JOIN) return { joins: [], saidSeconds: said }
  if (said !== null && whole - said > SUMMARY) return { joins: [], saidSeconds: said }
  return whole === 0 && said
    ? { joins: [[from, from + said]], saidSeconds: null }
    : { joins: [[from, end]], saidSeconds: null }
}

function roleOf(
  table: Table,
  cells: readonly string[],
  { email, host }: { email: string | null; host: string | null },
): 'host' | 'participant' {
  const { role, moderator } = table.columns
  const holds =
    isHosts(table) ||
    (role !== undefined && isHostRole(cellOf(cells, role))) ||
    (moderator !== undefined && readYes(cellOf(cells, moderator)) === true) ||
    (host !== null && email === host)
  return holds ? 'host' : 'participant'
}

const HOST_ADDRESS =
  /^(host email|e mail de l hote|adresse e mail de l hote|host e mail|user email|e mail de l utilisateur|adresse e mail de l utilisateur)$/
const MEETING = /^(participants|meeting id|id de la reunion|id de reunion|start time|heure de debut)$/

/** Zoom names its host above the list: two lines, the words and what they say. */
function hostAddress(rows: readonly (readonly string[])[]): string | null {
  for (const [index, cells] of rows.slice(0, 12).entries()) {
    const words = cells.slice(0, 60).map(plain)
    const column = words.findIndex((word) => HOST_ADDRESS.test(word))
    const head =
      words.filter((word) => MEETING.test(word)).length >= 2 &&
      !words.some((word) => nameWords(word).join(' ') === 'join time')
    if (column >= 0 && head) return emailOf(rows[index + 1]?.[column] ?? '')
  }
  return null
}
