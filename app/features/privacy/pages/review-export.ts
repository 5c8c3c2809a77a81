import { data } from 'react-router'
import { recordChange } from '#app/platform/changes.server.ts'
import { exportResponse, exportRows } from '#app/platform/export.server.ts'
import { listErrorAnswer, parseListParams } from '#app/platform/list-params.ts'
import { personalDataSources } from '#app/platform/personal-data.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { notFound } from '#app/platform/web.server.ts'
import { reviewColumns } from '../review/columns.tsx'
import { listDue, reviewRules } from '../review/due.server.ts'
import type { Route } from './+types/review-export'

/** The list as it is filtered, whole. */
export async function loader({ context, request }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const { pathname, searchParams } = new URL(request.url)
  const state = parseListParams(searchParams, reviewRules)
  if (!state.ok) throw refused(state.error)
  const list = await listDue(ctx, context.get(personalDataSources), state.value, { whole: true })
  if (!list.ok) {
    if (list.error.type === 'not-allowed') throw notFound()
    throw refused(list.error)
  }
  await recordChange(ctx.db, ctx, {
    action: 'privacy.review-exported',
    entity: 'export',
    entityId: 'a-purger',
    fields: { rows: [null, list.value.rows.length] },
  })
  const format = pathname.endsWith('.csv') ? 'csv' : 'xlsx'
  return exportResponse(await exportRows(format, 'Personnes à purger', reviewColumns, list.value.rows))
}

function refused(error: Parameters<typeof listErrorAnswer>[0]) {
  const { status, message } = listErrorAnswer(error)
  return data(message, { status })
}
