import type { AppContext } from '#app/platform/context.ts'

/** What touches rights or ways in asks who one is again, past a quarter of an hour. */
export const PROOF_LIFE = 15 * 60_000

export interface ProofNeeded {
  type: 'proof-needed'
}

/** The person showed a moment ago that it is them. The house itself has nothing to show. */
export function isProven({ actor, now }: Pick<AppContext, 'actor' | 'now'>): boolean {
  if (actor.kind === 'system') return true
  if (actor.kind !== 'user' || !actor.provenAt) return false
  return now().getTime() - actor.provenAt.getTime() < PROOF_LIFE
}
