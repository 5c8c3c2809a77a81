/**
 * Whole percentages that add up to 100 (largest remainder), or to 0 when there is nothing to share.
 * `digits` keeps decimals: sharesOf([1, 1, 1], 1) → [33.4, 33.3, 33.3].
 */
export function sharesOf(values: readonly number[], digits = 0): number[] {
  const total = values.reduce((sum, value) => sum + value, 0)
  if (!(total > 0)) return values.map(() => 0)
  const scale = 10 ** digits
  const exact = values.map((value) => (value / total) * 100 * scale)
  const shares = exact.map(Math.floor)
  const missing = 100 * scale - shares.reduce((sum, share) => sum + share, 0)
  const byRemainder = exact
    .map((value, i) => ({ i, rest: value - Math.floor(value) }))
    .sort((a, b) => b.rest - a.rest || a.i - b.i)
  for (const { i } of byRemainder.slice(0, missing)) shares[i] = (shares[i] ?? 0) + 1
  return shares.map((share) => share / scale)
}
