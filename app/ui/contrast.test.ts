import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AA, contrast, contrastOk, hueDistance } from './contrast.ts'

test('black on white is 21 to 1', () => {
  expect(contrast({ l: 0, c: 0, h: 0 }, { l: 1, c: 0, h: 0 })).toBeCloseTo(21, 1)
})

test('the hues of the house read in both modes', () => {
  expect(contrastOk(38, 205).ok).toBe(true)
})

test('a cyan brand is refused, and two hues too close to be told apart', () => {
  expect(contrastOk(195, 38)).toMatchObject({ ok: false, why: 'contrast' })
  expect(contrastOk(38, 45)).toMatchObject({ ok: false, why: 'too-close' })
})

test('what is proposed always passes, and is the wish itself when the wish passes', () =>
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 359 }), fc.integer({ min: 0, max: 359 }), (brand, second) => {
      const answer = contrastOk(brand, second)
      expect(answer.ok).toBe(answer.worst >= AA && hueDistance(brand, second) >= 30)
      if (!answer.ok) expect(contrastOk(answer.nearest.hueBrand, answer.nearest.hueSecond).ok).toBe(true)
    }),
    { numRuns: 40 },
  ))

test('the colours checked are those of the stylesheet', () => {
  const tokens = readFileSync(new URL('./styles/tokens.css', import.meta.url), 'utf8')
  for (const token of [
    '--brand: light-dark(oklch(52% 0.145 var(--hue-brand)), oklch(74% 0.12 var(--hue-brand)))',
    '--brand-deep: light-dark(oklch(36% 0.1 var(--hue-brand)), oklch(84% 0.08 var(--hue-brand)))',
    '--brand-wash: light-dark(oklch(95.5% 0.022 var(--hue-brand)), oklch(29% 0.05 var(--hue-brand)))',
    '--second: light-dark(oklch(45% 0.085 var(--hue-second)), oklch(77% 0.09 var(--hue-second)))',
    '--second-wash: light-dark(oklch(95% 0.022 var(--hue-second)), oklch(28% 0.04 var(--hue-second)))',
    '--paper: light-dark(oklch(98.6% 0.006 85), oklch(20% 0.012 250))',
  ])
    expect(tokens).toContain(token)
})
