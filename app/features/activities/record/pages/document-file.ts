import { fileResponse } from '#app/platform/files.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { idParam, notFound } from '#app/platform/web.server.ts'
import { documentFile } from '../documents.server.ts'
import type { Route } from './+types/document-file'

export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const file = await documentFile(ctx, idParam(params.documentId))
  if (!file) throw notFound('Ce document n’existe pas, ou n’est pas public.')
  return fileResponse(ctx, file)
}
