import { sql } from 'drizzle-orm'
import type { AppContext } from '#app/platform/context.ts'
import { fileById, type StoredFile } from '#app/platform/files.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { readLink } from '#app/platform/signed-link.server.ts'
import type { LinkError } from '../registration/own.server.ts'

/** The file that the link of a message opens; a document that was removed since is gone for its links too. */
export async function linkedDocument(ctx: AppContext, token: string): Promise<Result<StoredFile, LinkError>> {
  const link = readLink(ctx.secret, 'follow-up-document', token, ctx.now())
  if (link.state !== 'valid') return err({ type: link.state })
  const { rows } = await ctx.db.execute<{ fileId: string | null }>(
    sql`select file_id as "fileId" from activities.document where id = ${link.id}`,
  )
  const file = rows[0]?.fileId ? await fileById(ctx.db, rows[0].fileId) : null
  return file ? ok(file) : err({ type: 'expired' })
}
