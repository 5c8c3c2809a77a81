/** Whether the two hues of a centre read in light and dark, computed from the tokens of styles/tokens.css. */

interface Oklch {
  l: number
  c: number
  h: number
}

type Rgb = [number, number, number]

const inGamut = (rgb: Rgb) => rgb.every((value) => value >= -1e-4 && value <= 1 + 1e-4)
const unit = (value: number) => Math.min(1, Math.max(0, value))
const clipped = ([r, g, b]: Rgb): Rgb => [unit(r), unit(g), unit(b)]

/** A colour that the screen cannot show: browsers clip its channels, or lower its chroma as the standard asks. Both are tried. */
export function shownAs({ l, c, h }: Oklch): Rgb[] {
  const exact = oklchToLinear(l, c, h)
  if (inGamut(exact)) return [clipped(exact)]
  let [low, high] = [0, c]
  for (let i = 0; i < 24; i++) {
    const middle = (low + high) / 2
    if (inGamut(oklchToLinear(l, middle, h))) low = middle
    else high = middle
  }
  return [clipped(exact), clipped(oklchToLinear(l, low, h))]
}

function oklchToLinear(l: number, c: number, h: number): Rgb {
  const [a, b] = [c * Math.cos((h * Math.PI) / 180), c * Math.sin((h * Math.PI) / 180)]
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const medium = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ]
}

const luminance = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b

const ratio = (one: number, other: number) => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)

/** WCAG 2 ratio, 1 to 21; the lower one where browsers may differ. */
export const contrast = (one: Oklch, other: Oklch): number =>
  Math.min(...shownAs(one).flatMap((a) => shownAs(other).map((b) => ratio(luminance(a), luminance(b)))))

const oklch = (l: number, c: number, h: number): Oklch => ({ l: l / 100, c, h })

/** Every pair of text and ground that depends on a hue; the same numbers as in tokens.css. */
function pairs(brand: number, second: number): { what: string; ratio: number }[] {
  const light = { paper: oklch(98.6, 0.006, 85), sunk: oklch(96.2, 0.01, 85) }
  const dark = { paper: oklch(20, 0.012, 250), sheet: oklch(24, 0.014, 250) }
  const pair = (what: string, text: Oklch, ground: Oklch) => ({ what, ratio: contrast(text, ground) })
  return [
    pair('brand on paper, light', oklch(52, 0.145, brand), light.paper),
    pair('brand on sunk, light', oklch(52, 0.145, brand), light.sunk),
    pair('brand deep on its wash, light', oklch(36, 0.1, brand), oklch(95.5, 0.022, brand)),
    pair('brand on its wash, light', oklch(52, 0.145, brand), oklch(95.5, 0.022, brand)),
    pair('second on paper, light', oklch(45, 0.085, second), light.paper),
    pair('second on its wash, light', oklch(45, 0.085, second), oklch(95, 0.022, second)),
    pair('brand on paper, dark', oklch(74, 0.12, brand), dark.paper),
    pair('brand on sheet, dark', oklch(74, 0.12, brand), dark.sheet),
    pair('brand deep on its wash, dark', oklch(84, 0.08, brand), oklch(29, 0.05, brand)),
    pair('second on sheet, dark', oklch(77, 0.09, second), dark.sheet),
    pair('second on its wash, dark', oklch(77, 0.09, second), oklch(28, 0.04, second)),
    pair('paper on band', oklch(97, 0.01, 85), oklch(36, 0.1, brand)),
  ]
}

/** AA for running text. */
export const AA = 4.5
/** Below this many degrees the two colours of the house look like one. */
export const MIN_DISTANCE = 30

export const hueDistance = (a: number, b: number): number => {
  const gap = Math.abs(a - b) % 360
  return Math.min(gap, 360 - gap)
}

export type ContrastAnswer =
  | { ok: true; worst: number }
  | { ok: false; why: 'contrast' | 'too-close'; worst: number; nearest: { hueBrand: number; hueSecond: number } }

const worstOf = (brand: number, second: number) => Math.min(...pairs(brand, second).map(({ ratio }) => ratio))
const passes = (brand: number, second: number) =>
  worstOf(brand, second) >= AA && hueDistance(brand, second) >= MIN_DISTANCE

/** Whether the pair reads everywhere, and the nearest pair that does. */
export function contrastOk(hueBrand: number, hueSecond: number): ContrastAnswer {
  const worst = worstOf(hueBrand, hueSecond)
  if (passes(hueBrand, hueSecond)) return { ok: true, worst }
  const why = worst < AA ? 'contrast' : 'too-close'
  return { ok: false, why, worst, nearest: nearestPair(Math.round(hueBrand), Math.round(hueSecond)) }
}

const turned = (hue: number, by: number) => (((hue + by) % 360) + 360) % 360

/** Widening rings around the wish: the first pair that passes has the smallest change in all. */
function nearestPair(brand: number, second: number): { hueBrand: number; hueSecond: number } {
  for (let ring = 1; ring <= 360; ring++) {
    for (let forBrand = 0; forBrand <= ring; forBrand++) {
      for (const [a, b] of [
        [1, 1],
        [1, -1],
        [-1, 1],
        [-1, -1],
      ] as const) {
        const [hueBrand, hueSecond] = [turned(brand, a * forBrand), turned(second, b * (ring - forBrand))]
        if (passes(hueBrand, hueSecond)) return { hueBrand, hueSecond }
      }
    }
  }
  return { hueBrand: 38, hueSecond: 205 }
}
