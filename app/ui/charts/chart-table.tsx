import { Figure } from '../figure.tsx'
import { formatNumber } from '../french.ts'
import { type ChartRow, hasPrevious, kindNote } from './chart.ts'

interface ChartTableProps {
  title: string
  unit: string
  rows: readonly ChartRow[]
  period?: string
  previousPeriod?: string
  /** Shown without being asked for. */
  open?: boolean
}

/** The numbers of a chart, for those who read rather than look, and for the print. */
export function ChartTable({ title, unit, rows, period, previousPeriod = 'Avant', open }: ChartTableProps) {
  const compared = hasPrevious(rows)
  return (
    <details className="chart-table" open={open}>
      <summary>
        Voir le tableau <span className="sr">: {title}</span>
      </summary>
      <table>
        <caption className="sr">
          {title}, {unit}
        </caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="sr">Intitulé</span>
            </th>
            <th scope="col" className="n">
              {period ?? capitalized(unit)}
            </th>
            {compared && (
              <th scope="col" className="n">
                {previousPeriod}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, value, href, previous, kind }) => (
            <tr key={label}>
              <th scope="row">
                {label}
                {kindNote(kind)}
              </th>
              <td className="n">
                <Figure value={value} href={href} of={unit} />
              </td>
              {compared && <td className="n">{previous == null ? '–' : formatNumber(previous)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
