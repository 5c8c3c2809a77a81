import type { QrDrawing } from './qr.server.ts'

/** A code drawn by the server: sharp at any size and on paper, black on white in both modes. */
export const QrCode = ({ side, path, label, size = 200 }: QrDrawing & { label: string; size?: number }) => (
  <svg
    role="img"
    aria-label={label}
    viewBox={`0 0 ${side} ${side}`}
    width={size}
    height={size}
    shapeRendering="crispEdges"
    style={{ background: 'white', maxWidth: '100%', printColorAdjust: 'exact' }}
  >
    <path d={path} fill="black" />
  </svg>
)
