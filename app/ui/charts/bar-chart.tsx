import { scaleLinear } from 'd3-scale'
import { formatNumber } from '../french.ts'
import { idOfText } from './ids.ts'
import { type ChartRow, hasPrevious, kindNote } from './chart.ts'
import { ChartTable } from './chart-table.tsx'

export interface BarChartProps {
  title: string
  /** What is counted: « présences ». */
  unit: string
  rows: readonly ChartRow[]
  /** « 2022 » and « 2021 », named in the key when rows carry `previous`. */
  period?: string
  previousPeriod?: string
  /** Level of the title in the page’s outline is given by the section around; here it is a caption. */
  hideTitle?: boolean
}

const TOP = 22
const PLOT = 150
const BOTTOM = 24

/**
 * Columns over time. Widths are shares of the available width and heights are pixels: letters keep their size from a
 * telephone to a printed page, without script.
 */
export function BarChart({ title, unit, rows, period, previousPeriod, hideTitle }: BarChartProps) {
  const highest = Math.max(1, ...rows.flatMap(({ value, previous }) => [value, previous ?? 0]))
  const y = scaleLinear([0, highest], [TOP + PLOT, TOP]).nice(4)
  const id = idOfText(title)
  const step = 100 / Math.max(1, rows.length)
  return (
    <figure
      className="chart"
      aria-labelledby={hideTitle ? undefined : `${id}-titre`}
      aria-label={hideTitle ? title : undefined}
    >
      <figcaption>
        {!hideTitle && <strong id={`${id}-titre`}>{title}</strong>}
        {hasPrevious(rows) && period && previousPeriod && <Key period={period} previousPeriod={previousPeriod} />}
      </figcaption>
      <svg height={TOP + PLOT + BOTTOM} role="group" aria-label={`${title}, ${unit}`}>
        <defs>
          <pattern
            id={`${id}-hachures`}
            width="5"
            height="5"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <line className="hatch-line" x1="1" y1="0" x2="1" y2="5" />
          </pattern>
        </defs>
        {y
          .ticks(4)
          .filter((tick) => tick > 0 && Number.isInteger(tick))
          .map((tick) => (
            <line key={tick} className="grid" x1="0" x2="100%" y1={y(tick)} y2={y(tick)} />
          ))}
        {rows.map((row, i) => (
          <Column
            key={row.label}
            row={row}
            unit={unit}
            x={i * step}
            step={step}
            y={y}
            top={row.value === highest}
            hatch={`url(#${id}-hachures)`}
          />
        ))}
        <line className="axis" x1="0" x2="100%" y1={y(0)} y2={y(0)} />
      </svg>
      <ChartTable title={title} unit={unit} rows={rows} period={period} previousPeriod={previousPeriod} />
    </figure>
  )
}

const Key = ({ period, previousPeriod }: { period: string; previousPeriod: string }) => (
  <span className="row small soft">
    <span className="keyline">
      <i /> {period}
    </span>
    <span className="keyline">
      <i className="before" /> {previousPeriod}
    </span>
  </span>
)

interface ColumnProps {
  row: ChartRow
  unit: string
  x: number
  step: number
  y: (value: number) => number
  top: boolean
  hatch: string
}

function Column({ row, unit, x, step, y, top, hatch }: ColumnProps) {
  const { label, short, value, previous, href, kind } = row
  const middle = `${x + step / 2}%`
  const bar = { x: `${x + step * 0.18}%`, width: `${step * 0.64}%`, y: y(value), height: Math.max(0, y(0) - y(value)) }
  const drawing = (
    <>
      <rect
        className={top ? 'bar top' : 'bar'}
        {...bar}
        rx="2"
        style={kind && kind !== 'count' ? { fill: hatch } : undefined}
      />
      {value > 0 && (
        <ColumnNumber
          value={value}
          x={middle}
          y={Math.min(y(value), y(previous ?? 0)) - 7}
          linked={href !== undefined}
        />
      )}
    </>
  )
  return (
    <g>
      {href && value > 0 ? (
        <a href={href} aria-label={`${label}\u202f: ${formatNumber(value)} ${unit}${kindNote(kind)}`}>
          {drawing}
        </a>
      ) : (
        <g>{drawing}</g>
      )}
      {previous != null && (
        <line
          className="before"
          x1={`${x + step * 0.08}%`}
          x2={`${x + step * 0.92}%`}
          y1={y(previous)}
          y2={y(previous)}
        />
      )}
      <text className="tick-wide" x={middle} y={TOP + PLOT + 17} textAnchor="middle" aria-hidden="true">
        {short ?? label}
      </text>
      <text className="tick-narrow" x={middle} y={TOP + PLOT + 17} textAnchor="middle" aria-hidden="true">
        {(short ?? label).charAt(0).toUpperCase()}
      </text>
    </g>
  )
}

const DIGIT = 3.6

/** The number on its column; SVG text knows no dotted underline, so the line of a figure is drawn. */
const ColumnNumber = ({ value, x, y, linked }: { value: number; x: string; y: number; linked: boolean }) => {
  const half = formatNumber(value).length * DIGIT
  return (
    <svg x={x} y={y} overflow="visible">
      <text className="value" textAnchor="middle">
        {formatNumber(value)}
      </text>
      {linked && <line className="dots" x1={-half} x2={half} y1="3.5" y2="3.5" />}
    </svg>
  )
}
