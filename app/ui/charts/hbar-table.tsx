import { Figure } from '../figure.tsx'
import { formatNumber, formatPercent } from '../french.ts'
import { sharesOf } from '../shares.ts'
import { type ChartRow, hasPrevious, kindNote } from './chart.ts'

export interface HBarTableProps {
  title: string
  /** Heading of the column of numbers: « Présences ». */
  unit: string
  rows: readonly ChartRow[]
  /** Heading of the first column: « Profil ». */
  labelHead?: string
  previousPeriod?: string
  /** Adds a column of shares that add up to 100. */
  shares?: boolean
  /** Adds a total row. */
  total?: boolean | { label?: string; value: number; href?: string }
  /** More columns of numbers: « Personnes ». */
  more?: readonly {
    head: string
    value: (row: ChartRow) => number | null
    href?: (row: ChartRow) => string | undefined
    total?: number
  }[]
}

/** A table whose rows carry their bar: the chart is its own data table. */
export function HBarTable({
  title,
  unit,
  rows,
  labelHead = 'Intitulé',
  previousPeriod,
  shares,
  total,
  more = [],
}: HBarTableProps) {
  const highest = Math.max(1, ...rows.flatMap(({ value, previous }) => [value, previous ?? 0]))
  const parts = shares ? sharesOf(rows.map(({ value }) => value)) : []
  const compared = hasPrevious(rows)
  const sum = typeof total === 'object' ? total : total && { value: rows.reduce((all, { value }) => all + value, 0) }
  return (
    <table className="hbars">
      <caption className="sr">{title}</caption>
      <thead>
        <tr>
          <th scope="col">{labelHead}</th>
          <td className="track" aria-hidden="true" />
          <th scope="col" className="n">
            {unit}
          </th>
          {shares && (
            <th scope="col" className="n wide">
              Part
            </th>
          )}
          {compared && (
            <th scope="col" className="n wide">
              {previousPeriod ?? 'Avant'}
            </th>
          )}
          {more.map(({ head }) => (
            <th key={head} scope="col" className="n">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, i) => (
          <tr key={row.label}>
            <th scope="row">
              {row.label}
              {row.kind === 'estimate' && <span className="small soft">{kindNote(row.kind)}</span>}
            </th>
            <td className="track">
              <Bar row={row} highest={highest} />
            </td>
            <td className="n">
              <Figure value={row.value} href={row.href} of={unit} />
            </td>
            {shares && <td className="n soft wide">{formatPercent((parts[i] ?? 0) / 100)}</td>}
            {compared && <td className="n soft wide">{row.previous == null ? '–' : formatNumber(row.previous)}</td>}
            {more.map(({ head, value, href }) => {
              const shown = value(row)
              return (
                <td key={head} className="n">
                  {shown === null ? '–' : <Figure value={shown} href={href?.(row)} of={head} />}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
      {sum && (
        <tfoot>
          <tr>
            <th scope="row">{('label' in sum && sum.label) || 'Total'}</th>
            <td />
            <td className="n">
              <Figure value={sum.value} href={'href' in sum ? sum.href : undefined} of={unit} />
            </td>
            {shares && <td className="n wide">{formatPercent(sum.value > 0 ? 1 : 0)}</td>}
            {compared && (
              <td className="n wide">{formatNumber(rows.reduce((all, { previous }) => all + (previous ?? 0), 0))}</td>
            )}
            {more.map(({ head, total: all }) => (
              <td key={head} className="n">
                {all === undefined ? '' : formatNumber(all)}
              </td>
            ))}
          </tr>
        </tfoot>
      )}
    </table>
  )
}

const Bar = ({ row, highest }: { row: ChartRow; highest: number }) => (
  <span className="rail-line" aria-hidden="true">
    <span className={row.kind ? `b ${row.kind}` : 'b'} style={{ width: `${(row.value / highest) * 100}%` }} />
    {row.previous != null && (
      <i className="mark-before" style={{ insetInlineStart: `${(row.previous / highest) * 100}%` }} />
    )}
  </span>
)
