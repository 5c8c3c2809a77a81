import { Figure } from '../figure.tsx'
import { formatPercent } from '../french.ts'
import { sharesOf } from '../shares.ts'
import { type ChartRow, kindNote } from './chart.ts'
import { ChartTable } from './chart-table.tsx'

export interface StackedBarProps {
  title: string
  unit: string
  rows: readonly ChartRow[]
  hideTitle?: boolean
}

const shade = (row: ChartRow, i: number) => (row.kind && row.kind !== 'count' ? `share-${row.kind}` : `share-${i % 6}`)

/** Parts of a whole in one bar; shares add up to 100 and each part is named under it. */
export function StackedBar({ title, unit, rows, hideTitle }: StackedBarProps) {
  const shares = sharesOf(rows.map(({ value }) => value))
  const parts = rows.map((row, i) => ({ ...row, share: shares[i] ?? 0, shade: shade(row, i) }))
  return (
    <figure className="chart" aria-label={title}>
      {!hideTitle && (
        <figcaption>
          <strong>{title}</strong>
        </figcaption>
      )}
      <div className="stacked-bar" aria-hidden="true">
        {parts
          .filter(({ value }) => value > 0)
          .map((part) => (
            <span key={part.label} className={part.shade} style={{ flexGrow: part.value, flexBasis: 0 }}>
              {part.share >= 8 && <span>{formatPercent(part.share / 100)}</span>}
            </span>
          ))}
      </div>
      <ul className="shares">
        {parts.map((part) => (
          <li key={part.label}>
            <i className={part.shade} aria-hidden="true" />
            <span>
              {part.label}
              {part.kind === 'estimate' && kindNote(part.kind)} <Figure value={part.value} href={part.href} of={unit} />{' '}
              <span className="soft">{formatPercent(part.share / 100)}</span>
            </span>
          </li>
        ))}
      </ul>
      <ChartTable title={title} unit={unit} rows={rows} />
    </figure>
  )
}
