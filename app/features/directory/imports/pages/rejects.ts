import { exportResponse, exportRows } from '#app/platform/export.server.ts'
import { importKinds } from '#app/platform/imports.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { idParam, notFound } from '#app/platform/web.server.ts'
import { refusal } from '../../suggestions.server.ts'
import { rejectsOf } from '../rejects.server.ts'
import type { Route } from './+types/rejects'

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const format = url.pathname.endsWith('.csv') ? 'csv' : 'xlsx'
  const rejects = await rejectsOf(ctx, context.get(importKinds), idParam(params.id), format)
  if (rejects.ok) {
    const { fileName, columns, rows } = rejects.value
    return exportResponse(await exportRows(format, `Rejets ${fileName}`, columns, rows))
  }
  switch (rejects.error.type) {
    case 'not-found':
      throw notFound('Cet import n’existe pas.')
    case 'not-allowed':
      return refusal(403, 'Votre rôle ne permet pas d’exporter l’annuaire.')
    case 'cleared':
      return refusal(410, 'Les lignes de ce fichier ont été oubliées.')
    default:
      return rejects.error satisfies never
  }
}
