import { Figure } from '#app/ui/figure.tsx'
import { type Asked, cellHref, figureHref } from './hrefs.ts'
import { type ActivityAxis, axisLabels } from './axes.ts'
import type { Crosstab } from './view.server.ts'

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0)

/** Half-days by two axes; every cell opens on its rows. */
export function CrosstabTable({
  crosstab: { rows, columns, cells },
  axes: [rowAxis, columnAxis],
  asked,
}: {
  crosstab: Crosstab
  axes: readonly [ActivityAxis, ActivityAxis]
  asked: Asked
}) {
  const title = `Demi-journées : ${axisLabels[rowAxis]} par ${axisLabels[columnAxis].toLowerCase()}`
  const value = (row: string, column: string) => cells[row]?.[column] ?? 0
  const rowSum = (row: string) => sum(columns.map(({ key }) => value(row, key)))
  const columnSum = (column: string) => sum(rows.map(({ key }) => value(key, column)))
  const cell = (count: number, at: Parameters<typeof cellHref>[2]) =>
    count === 0 ? (
      <span className="soft">–</span>
    ) : (
      <Figure value={count} href={cellHref('demi-journees', asked, at)} of="demi-journées" />
    )
  return (
    <div className="table-box" role="region" aria-label={title} tabIndex={0}>
      <table>
        <caption className="sr">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{axisLabels[rowAxis]}</th>
            {columns.map(({ key, label }) => (
              <th key={key} scope="col" className="n">
                {label}
              </th>
            ))}
            <th scope="col" className="n">
              Total
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, label }) => (
            <tr key={key}>
              <th scope="row">{label}</th>
              {columns.map((column) => (
                <td key={column.key} className="n">
                  {cell(value(key, column.key), { [rowAxis]: key, [columnAxis]: column.key })}
                </td>
              ))}
              <td className="n">{cell(rowSum(key), { [rowAxis]: key })}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Total</th>
            {columns.map(({ key }) => (
              <td key={key} className="n">
                {cell(columnSum(key), { [columnAxis]: key })}
              </td>
            ))}
            <td className="n">
              <Figure
                value={sum(rows.map(({ key }) => rowSum(key)))}
                href={figureHref('demi-journees', asked)}
                of="demi-journées"
              />
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  )
}
