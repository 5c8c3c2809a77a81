import type { Settings } from '../settings.ts'

export type Command = {
  /** As typed: `user add`. */
  name: string
  /** What follows the name, for the help. */
  usage: string
  summary: string
  details: string
  run(args: string[], settings: () => Settings): Promise<number>
}

/** The command was not typed as it should: its usage is shown. */
export class UsageError extends Error {}

export function requireOne(args: string[], what: string): string {
  const [value, ...rest] = args.filter((arg) => !arg.startsWith('-'))
  const option = args.find((arg) => arg.startsWith('-'))
  if (option) throw new UsageError(`L’option ${option} n’existe pas.`)
  if (!value) throw new UsageError(`Il manque ${what}.`)
  if (rest.length > 0) throw new UsageError(`« ${rest.join(' ')} » est en trop.`)
  return value
}

export function requireNone(args: string[]): void {
  if (args.length > 0) throw new UsageError(`« ${args.join(' ')} » est en trop.`)
}
