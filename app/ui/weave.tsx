import { weavePattern } from './weave.ts'

interface WeaveProps {
  /** The record’s id: same record, same cover. */
  id: string
  /** The hue of its theme, 0 to 360; the centre’s own colours when left out. */
  hue?: number | null
  ratio?: '4/3' | '3/2' | '16/9' | '2/1' | '1/1'
  className?: string
}

const heights = { '4/3': 300, '3/2': 267, '16/9': 225, '2/1': 200, '1/1': 400 }

/** The cover of what has no picture. */
export function Weave({ id, hue, ratio = '4/3', className }: WeaveProps) {
  const { width, height, scheme, weft, warp, knot } = weavePattern(id, 400, heights[ratio])
  return (
    <div
      className={`cover weave-${scheme} ${className ?? ''}`}
      style={{ aspectRatio: ratio, ...(hue == null ? {} : { '--hue': hue }) }}
      aria-hidden="true"
    >
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="xMidYMid slice">
        <g className="weft">
          {weft.map(({ path, width: w }) => (
            <path key={path} d={path} strokeWidth={w} />
          ))}
        </g>
        <g className="warp">
          {warp.map(({ path, width: w }) => (
            <path key={path} d={path} strokeWidth={w} />
          ))}
        </g>
        {knot && <circle className="knot" cx={knot.x} cy={knot.y} r={knot.r} />}
      </svg>
    </div>
  )
}

/** The mark of the house: four strands, over and under. */
export const Mark = ({ size = 34 }: { size?: number }) => (
  <svg className="mesh" width={size} height={size} viewBox="0 0 34 34" aria-hidden="true">
    <path d="M3 10h8m5 0h15M3 24h15m5 0h8" />
    <path className="warp" d="M10 3v15m0 5v8M24 3v8m0 5v15" />
  </svg>
)
