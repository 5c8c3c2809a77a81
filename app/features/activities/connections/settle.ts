import { countedTime, type MinimumRule, minimumSeconds, secondsWithin, sessionSeconds } from './durations.ts'
import type { ConnectionDecision } from '../labels.ts'
import type { Join } from './reading/list.ts'

export interface Connection {
  id: string
  importId: string
  key: string
  heads: number
  joins: readonly Join[]
  saidSeconds: number | null
  decision: ConnectionDecision | null
  personId: string | null
}

export interface Stay {
  /** null: the lists say that they were there, not for how long. */
  minutes: number | null
  enough: boolean
}

export interface Settlement {
  people: Map<string, Stay>
  /** By participant: what each line is worth, by itself and in all the lists. */
  lines: Map<string, Stay>
  unidentified: number
  /** Minutes one must have been connected. */
  minimum: number
}

/**
 * What lists of one activity say together: overlaps counted once, only what falls in the sessions. Lists that give durations
 * without times add up; a file that completes another takes its place (`replaced`), it is not added.
 */
export function settle(connections: readonly Connection[], sessions: readonly Join[], rule: MinimumRule): Settlement {
  const counted = countedTime(sessions)
  const session = sessionSeconds(
    connections.flatMap(({ joins }) => joins),
    sessions,
  )
  const minimum = minimumSeconds(rule, session)
  const stayOf = (lines: readonly Connection[]) => stay(lines, counted, minimum)
  const named = connections.filter(({ decision, personId }) => decision === 'person' && personId)
  const people = Map.groupBy(named, ({ personId }) => personId!)
  const names = Map.groupBy(connections, ({ key }) => key)
  return {
    people: mapped(people, stayOf),
    lines: new Map([...names.values()].flatMap((lines) => lines.map(({ id }) => [id, stayOf(lines)] as const))),
    unidentified: [...names.values()].reduce((sum, lines) => sum + unnamed(lines, stayOf(lines)), 0),
    minimum: Math.ceil(minimum / 60),
  }
}

const mapped = <Value, To>(map: ReadonlyMap<string, Value>, to: (value: Value) => To) =>
  new Map([...map].map(([key, value]) => [key, to(value)] as const))

function stay(lines: readonly Connection[], counted: readonly Join[], minimum: number): Stay {
  const joins = lines.flatMap((one) => [...one.joins])
  const said = lines.flatMap(({ saidSeconds }) => saidSeconds ?? [])
  if (joins.length === 0 && said.length === 0) return { minutes: null, enough: true }
  const most = counted.reduce((sum, [from, to]) => sum + to - from, 0) || Number.POSITIVE_INFINITY
  const seconds = Math.min(most, secondsWithin(joins, counted) + said.reduce((sum, one) => sum + one, 0))
  return { minutes: Math.round(seconds / 60), enough: seconds > 0 && seconds >= minimum }
}

/** People behind one name who are nobody in particular: all of them, or those beside the one who was recognised. */
function unnamed(lines: readonly Connection[], { enough }: Stay): number {
  const heads = Math.max(...lines.map((one) => one.heads))
  if (!enough || lines.some(({ decision }) => decision === 'aside')) return 0
  if (lines.some(({ decision }) => decision === 'person')) return heads - 1
  return lines.some(({ decision }) => decision === 'unidentified') ? heads : 0
}
