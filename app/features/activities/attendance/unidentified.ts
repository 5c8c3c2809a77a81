export const unidentifiedBases = ['counted', 'estimated'] as const
export type UnidentifiedBasis = (typeof unidentifiedBases)[number]
export const maxUnidentified = 100_000

export const unidentifiedLabels: Record<UnidentifiedBasis, string> = {
  counted: 'comptées en séance',
  estimated: 'estimées',
}
