import type { Join } from './reading/list.ts'

/** In order, those that touch made one: a second screen counts once. */
export function mergeJoins(joins: readonly Join[]): Join[] {
  const merged: Join[] = []
  for (const [from, to] of joins.filter(([from, to]) => to >= from).sort((one, other) => one[0] - other[0])) {
    const last = merged.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else merged.push([from, to])
  }
  return merged
}

/** How many are there at once, at most. */
export function overlapping(joins: readonly Join[]): number {
  const steps = joins
    .flatMap(([from, to]): [number, number][] => [
      [from, 1],
      [to, -1],
    ])
    .sort((one, other) => one[0] - other[0] || one[1] - other[1])
  let [now, most] = [0, 1]
  for (const [, step] of steps) {
    now += step
    most = Math.max(most, now)
  }
  return most
}

/** One comes a little early and leaves a little late; more than that was not the session. */
export const MARGIN = 10 * 60

/** The moments that count: the sessions and their margin. */
export const countedTime = (sessions: readonly Join[]): Join[] =>
  mergeJoins(sessions.map(([from, to]): Join => [from - MARGIN, to + MARGIN]))

/** Seconds of the connections that fall inside; everything counts where the activity has no session. */
export function secondsWithin(joins: readonly Join[], counted: readonly Join[]): number {
  const merged = mergeJoins(joins)
  if (counted.length === 0) return merged.reduce((sum, [from, to]) => sum + to - from, 0)
  return merged.reduce((sum, join) => sum + counted.reduce((inside, span) => inside + common(join, span), 0), 0)
}

const common = ([from, to]: Join, [start, end]: Join) => Math.max(0, Math.min(to, end) - Math.max(from, start))

export const shifted = (joins: readonly Join[], minutes: number): Join[] =>
  joins.map(([from, to]): Join => [from + minutes * 60, to + minutes * 60])

/**
 * Minutes by which a whole file is off, when it was written on the clock of another country: nothing falls in the sessions as it
 * is, and nearly everything does a whole number of hours away. 0 otherwise.
 */
export function shiftOf(joins: readonly Join[], sessions: readonly Join[]): number {
  const total = secondsWithin(joins, [])
  const inside = (minutes: number) => secondsWithin(shifted(joins, minutes), sessions)
  if (total === 0 || sessions.length === 0 || inside(0) > total * 0.1) return 0
  const hours = Array.from({ length: 27 }, (_, index) => (index - 13) * 60)
  const best = hours.reduce((one, other) => (inside(other) > inside(one) ? other : one), 0)
  return inside(best) > total * 0.5 ? best : 0
}

/** Length of the sessions that the list is about: those during which somebody was connected; all of them where no time is told. */
export function sessionSeconds(joins: readonly Join[], sessions: readonly Join[]): number {
  const merged = mergeJoins(sessions)
  const held = merged.filter((session) => secondsWithin(joins, [session]) > 0)
  return (held.length > 0 ? held : merged).reduce((sum, [from, to]) => sum + to - from, 0)
}

export interface MinimumRule {
  /** null: everybody who connected. */
  kind: 'minutes' | 'share' | 'none'
  value: number
}

/** Seconds one must have been connected. */
export const minimumSeconds = ({ kind, value }: MinimumRule, session: number): number =>
  kind === 'minutes' ? value * 60 : kind === 'share' ? (session * value) / 100 : 0
