/** The woven mesh drawn from a record’s id: same record, same cover. Pure geometry, no colour. */

export interface Strand {
  /** Path of the visible pieces: the strand stops where it goes under another. */
  path: string
  width: number
}
export interface WeavePattern {
  width: number
  height: number
  /** Which of the five colour schemes of the stylesheet. */
  scheme: number
  weft: Strand[]
  warp: Strand[]
  /** The knot: one crossing in three covers carries it. */
  knot: { x: number; y: number; r: number } | null
}

/** Numbers in [0, 1) that follow from a text (FNV-1a, then mulberry32). */
export function randomOf(seed: string): () => number {
  let state = 0x811c9dc5
  for (const char of seed) state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 0x01000193)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

interface Band {
  at: number
  width: number
  threads: number
}

const GAP = 9

/** Bands spread over a length, none touching the next, one to three threads each. */
function bandsOver(length: number, count: number, random: () => number): Band[] {
  const step = length / count
  return Array.from({ length: count }, (_, i) => {
    const threads = 1 + Math.floor(random() * 3)
    const width = Math.min(step * 0.55, threads === 1 ? 20 + random() * 14 : 30 + random() * 12)
    const room = (step - width - 2 * GAP) / 2
    return {
      at: Math.round(step * (i + 0.5) + (random() * 2 - 1) * Math.max(0, room)),
      width: Math.round(width),
      threads,
    }
  })
}

/** The pieces of one thread between the places where its band goes under. */
function pieces(length: number, under: readonly Band[]): [number, number][] {
  const cuts = under.map(({ at, width }) => [at - width / 2 - GAP, at + width / 2 + GAP] as const)
  const starts = [-10, ...cuts.map(([, end]) => end)]
  const ends = [...cuts.map(([start]) => start), length + 10]
  return starts.map((start, i): [number, number] => [start, ends[i] ?? length]).filter(([start, end]) => end > start)
}

function strands(
  bands: readonly Band[],
  crossed: readonly Band[],
  length: number,
  isUnder: (i: number, j: number) => boolean,
  write: (at: number, piece: [number, number]) => string,
): Strand[] {
  return bands.flatMap((band, i) => {
    const under = crossed.filter((_, j) => isUnder(i, j))
    const pitch = band.width / band.threads
    const width = band.threads === 1 ? band.width : pitch * 0.62
    return Array.from({ length: band.threads }, (_, k) => {
      const at = Math.round((band.at + (k - (band.threads - 1) / 2) * pitch) * 10) / 10
      return {
        path: pieces(length, under)
          .map((piece) => write(at, piece))
          .join(''),
        width: Math.round(width * 10) / 10,
      }
    })
  })
}

export function weavePattern(id: string, width = 400, height = 300): WeavePattern {
  const random = randomOf(id)
  const scheme = Math.floor(random() * 5)
  const rows = bandsOver(height, 2 + Math.floor(random() * 3), random)
  const columns = bandsOver(
    width,
    Math.max(2, Math.round((width / height) * rows.length * (0.8 + random() * 0.3))),
    random,
  )
  const turn = random() < 0.5 ? 0 : 1
  const rowOver = (row: number, column: number) => (row + column + turn) % 2 === 0
  const r = (n: number) => Math.round(n * 10) / 10
  const weft = strands(
    rows,
    columns,
    width,
    (i, j) => !rowOver(i, j),
    (at, [a, b]) => `M${r(a)} ${at}H${r(b)}`,
  )
  const warp = strands(
    columns,
    rows,
    height,
    (j, i) => rowOver(i, j),
    (at, [a, b]) => `M${at} ${r(a)}V${r(b)}`,
  )
  const row = rows[Math.floor(random() * rows.length)]
  const column = columns[Math.floor(random() * columns.length)]
  const knot =
    row && column && random() < 0.4
      ? { x: column.at, y: row.at, r: Math.round(Math.max(row.width, column.width) * 0.62) }
      : null
  return { width, height, scheme, weft, warp, knot }
}
