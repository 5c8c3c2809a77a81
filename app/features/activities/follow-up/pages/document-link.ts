import { fileResponse } from '#app/platform/files.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { linkRefusal } from '../../registration/link-refusal.server.ts'
import { linkedDocument } from '../document-link.server.ts'
import type { Route } from './+types/document-link'

export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const file = await linkedDocument(ctx, params.token)
  if (!file.ok) throw linkRefusal(file.error)
  return fileResponse(ctx, file.value)
}
