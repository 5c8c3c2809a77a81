const integers = new Intl.NumberFormat('fr-FR')
const decimals = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 1 })

/** What a script may read goes to the standard output; what only a person follows goes beside it. */
export const print = (line: string) => process.stdout.write(`${line}\n`)
export const inform = (line: string) => process.stderr.write(`${line}\n`)

export function count(n: number, one: string, many = `${one}s`): string {
  return `${integers.format(n)}\u00a0${n < 2 ? one : many}`
}

export function size(bytes: number): string {
  if (bytes < 1_000_000) return `${integers.format(Math.ceil(bytes / 1000))}\u00a0ko`
  if (bytes < 1_000_000_000) return `${decimals.format(bytes / 1_000_000)}\u00a0Mo`
  return `${decimals.format(bytes / 1_000_000_000)}\u00a0Go`
}
