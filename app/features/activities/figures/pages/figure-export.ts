import { exportResponse, exportRows } from '#app/platform/export.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { capitalize } from '#app/ui/french.ts'
import { figureAnswer } from '../answers.server.ts'
import { exportFigure } from '../figure-page.server.ts'
import { rowColumns } from '../row-columns.tsx'
import type { Route } from './+types/figure-export'

/** …/export.xlsx and …/export.csv: the rows of a figure, as they are seen. */
export async function loader({ context, params, url }: Route.LoaderArgs) {
  const format = url.pathname.endsWith('.csv') ? 'csv' : 'xlsx'
  const found = await exportFigure(context.get(requestContext), params.figure, url.searchParams)
  if (!found.ok) throw figureAnswer(found.error)
  const { label, unit, rowKind, rows, words, asked } = found.value
  const columns = rowColumns(rowKind, words, capitalize(unit.many))
  return exportResponse(await exportRows(format, `${label} ${asked.year}`, columns, rows))
}
