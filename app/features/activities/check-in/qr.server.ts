import encodeQR from 'qr'

/** A code as a drawing: the side of the square in modules, white border included, and the dark ones as one path. */
export interface QrDrawing {
  side: number
  path: string
}

/** Four white modules around, as the norm asks. */
export function drawQr(text: string): QrDrawing {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: 4 })
  return { side: rows.length, path: rows.map(pathOf).join('') }
}

/** « M4 4h7v1h-7z »: dark modules that touch are one rectangle. */
function pathOf(row: readonly boolean[], y: number): string {
  let path = ''
  for (let x = 0; x < row.length; x++) {
    if (!row[x]) continue
    const start = x
    while (row[x + 1]) x += 1
    path += `M${start} ${y}h${x + 1 - start}v1h-${x + 1 - start}z`
  }
  return path
}
