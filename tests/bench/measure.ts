/** One line of the table. Times in milliseconds, rates per second, memory in megabytes. */
export interface Measure {
  label: string
  value: number
  unit: 'ms' | '/s' | 'Mo' | '%'
  /** What the project promises. */
  goal: { most: number } | { least: number }
  /** The same work without us, in the same run. */
  bare?: { label: string; value: number; ratioAtMost?: number }
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** Milliseconds of each run, one after the other; the first ones, cold, are not counted. */
export async function timeEach<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<unknown>,
  cold = 5,
): Promise<number[]> {
  const times: number[] = []
  for (const [i, item] of [...items.slice(0, cold), ...items].entries()) {
    const start = performance.now()
    await work(item)
    if (i >= Math.min(cold, items.length)) times.push(performance.now() - start)
  }
  return times
}

/** Runs per second with `lanes` of them always under way. */
export async function rateOf<Item>(
  items: readonly Item[],
  lanes: number,
  work: (item: Item) => Promise<unknown>,
): Promise<number> {
  const waiting = [...items]
  const start = performance.now()
  const lane = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return items.length / ((performance.now() - start) / 1000)
}

const number = (value: number) => value.toLocaleString('fr-FR', { maximumFractionDigits: value < 10 ? 1 : 0 })

/** How many times worse than the bare work; above 1 is slower. */
const ratioOf = ({ value, unit, bare }: Measure) =>
  bare ? (unit === '/s' ? bare.value / value : value / bare.value) : null

export function holds(measure: Measure): boolean {
  const { goal, value, bare } = measure
  const kept = 'most' in goal ? value <= goal.most : value >= goal.least
  return kept && (!bare?.ratioAtMost || ratioOf(measure)! <= bare.ratioAtMost)
}

export function table(measures: readonly Measure[]): string {
  const rows = measures.map((measure) => {
    const { label, value, unit, goal, bare } = measure
    const ratio = ratioOf(measure)
    return [
      label,
      `${number(value)} ${unit}`,
      'most' in goal ? `≤ ${number(goal.most)} ${unit}` : `≥ ${number(goal.least)} ${unit}`,
      bare ? `${number(bare.value)} ${unit} (${bare.label})` : '',
      ratio === null ? '' : `× ${number(ratio)}${bare?.ratioAtMost ? ` (≤ ${number(bare.ratioAtMost)})` : ''}`,
      holds(measure) ? 'tenu' : 'NON TENU',
    ]
  })
  const all = [['mesure', 'valeur', 'objectif', 'référence nue', 'rapport', ''], ...rows]
  const widths = all[0]!.map((_, i) => Math.max(...all.map((row) => row[i]!.length)))
  return all
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
