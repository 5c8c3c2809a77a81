import { err, ok, type Result } from '#app/platform/result.ts'
import type { Kind } from './kinds.server.ts'
import type { Choices } from './merge-records.server.ts'

/** Fields of the form are named after the field they choose; their value is the record it is taken from, or `both`. */
export function readChoices(
  kind: Kind,
  { keptId, droppedId }: { keptId: string; droppedId: string },
  sent: Record<string, unknown>,
): Result<Choices, string> {
  const choices: Choices = {}
  for (const field of Object.keys(kind.columns)) {
    const value = sent[`champ-${field}`]
    if (value === undefined) continue
    if (value === keptId) choices[field] = 'kept'
    else if (value === droppedId) choices[field] = 'dropped'
    else if (value === 'both' && field === 'note') choices[field] = 'both'
    else return err(`champ-${field}`)
  }
  return ok(choices)
}
