/** What is wrong with the sessions of one activity; `index` is their place in the list given. */
export type SessionProblem =
  | { type: 'ends-before-it-starts'; index: number }
  | { type: 'too-long'; index: number }
  | { type: 'overlaps'; index: number; other: number }

export interface Span {
  startsAt: Date
  endsAt: Date
}

const SIXTY_DAYS = 60 * 24 * 60 * 60 * 1000

/** The first problem of each session, in their order. Two sessions may touch, never overlap. */
export function sessionProblems(spans: readonly Span[]): SessionProblem[] {
  const alone = spans.flatMap(({ startsAt, endsAt }, index): SessionProblem[] => {
    if (endsAt <= startsAt) return [{ type: 'ends-before-it-starts', index }]
    return endsAt.getTime() - startsAt.getTime() > SIXTY_DAYS ? [{ type: 'too-long', index }] : []
  })
  return alone.length > 0 ? alone : overlaps(spans)
}

function overlaps(spans: readonly Span[]): SessionProblem[] {
  const inOrder = [...spans.keys()].sort((a, b) => spans[a]!.startsAt.getTime() - spans[b]!.startsAt.getTime() || a - b)
  const problems: SessionProblem[] = []
  let latest = inOrder[0]
  for (const index of inOrder.slice(1)) {
    if (spans[index]!.startsAt < spans[latest!]!.endsAt) problems.push({ type: 'overlaps', index, other: latest! })
    if (spans[index]!.endsAt > spans[latest!]!.endsAt) latest = index
  }
  return problems
}
