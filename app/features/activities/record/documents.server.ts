import { and, asc, eq, sql } from 'drizzle-orm'
import { type AppContext, can } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { fileById, storeFile, type StoredFile, type StoreFileError } from '#app/platform/files.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { files } from '#app/platform/schema.server.ts'
import { activities, activityDocuments } from '../schema.server.ts'
import { type Activity, editActivity, type EditError, type EditTarget } from './editing.server.ts'

export interface ActivityDocument {
  id: string
  title: string
  url: string | null
  public: boolean
  /** Of an uploaded file. */
  fileName: string | null
  size: number | null
}

export const documentsOf = (db: Database, activityId: string): Promise<ActivityDocument[]> =>
  db
    .select({
      id: activityDocuments.id,
      title: activityDocuments.title,
      url: activityDocuments.url,
      public: activityDocuments.public,
      fileName: files.name,
      size: files.size,
    })
    .from(activityDocuments)
    .leftJoin(files, eq(files.id, activityDocuments.fileId))
    .where(eq(activityDocuments.activityId, activityId))
    .orderBy(asc(activityDocuments.position), asc(activityDocuments.createdAt))

export interface NewDocument {
  title: string | null
  url: string | null
  file: File | null
  public: boolean
}

export type AddDocumentProblem =
  | StoreFileError
  | { type: 'nothing-given' }
  | { type: 'both-given' }
  | { type: 'no-title' }
export type AddDocumentError = EditError | AddDocumentProblem

/** A file or a link, one or the other. A file without a title takes its own name. */
export const addDocument = (ctx: AppContext, target: EditTarget, input: NewDocument) =>
  editActivity<AddDocumentProblem>(ctx, target, async (tx, activity) => {
    const { url, file } = input
    if (url && file) return err({ type: 'both-given' })
    if (!url && !file) return err({ type: 'nothing-given' })
    if (!file && !input.title) return err({ type: 'no-title' })
    const stored = file ? await storeFile(tx, ctx, file) : null
    if (stored && !stored.ok) return stored
    const title = input.title ?? stored!.value.name
    await tx.insert(activityDocuments).values({
      activityId: activity.id,
      position: await nextPosition(tx, activity.id),
      title,
      fileId: stored?.value.id ?? null,
      url,
      public: input.public,
      createdAt: ctx.now(),
    })
    return ok({ action: 'activities.document-added', fields: { document: [null, title] } })
  })

async function nextPosition(tx: Database, activityId: string): Promise<number> {
  const { rows } = await tx.execute<{ next: number }>(
    sql`select coalesce(max(position) + 1, 0) as next from activities.document where activity_id = ${activityId}`,
  )
  return rows[0]!.next
}

type DocumentError = EditError | { type: 'no-such-document' }

export const showDocument = (
  ctx: AppContext,
  target: EditTarget,
  documentId: string,
  shown: boolean,
): Promise<Result<Activity, DocumentError>> =>
  editActivity<{ type: 'no-such-document' }>(ctx, target, async (tx, activity) => {
    const [document] = await tx
      .update(activityDocuments)
      .set({ public: shown })
      .where(and(eq(activityDocuments.id, documentId), eq(activityDocuments.activityId, activity.id)))
      .returning({ title: activityDocuments.title })
    if (!document) return err({ type: 'no-such-document' })
    const action = shown ? 'activities.document-shown' : 'activities.document-hidden'
    return ok({ action, fields: { document: [document.title, document.title] } })
  })

/** The bytes stay on disk as long as a backup or another record may point at them. */
export const removeDocument = (
  ctx: AppContext,
  target: EditTarget,
  documentId: string,
): Promise<Result<Activity, DocumentError>> =>
  editActivity<{ type: 'no-such-document' }>(ctx, target, async (tx, activity) => {
    const [gone] = await tx
      .delete(activityDocuments)
      .where(and(eq(activityDocuments.id, documentId), eq(activityDocuments.activityId, activity.id)))
      .returning({ title: activityDocuments.title })
    if (!gone) return err({ type: 'no-such-document' })
    return ok({ action: 'activities.document-removed', fields: { document: [gone.title, null] } })
  })

/** The file of a document, for whom may have it: the team, and everybody when it is public and so is its activity. */
export async function documentFile(ctx: AppContext, documentId: string): Promise<StoredFile | null> {
  const [row] = await ctx.db
    .select({
      fileId: activityDocuments.fileId,
      public: activityDocuments.public,
      status: activities.status,
      visibility: activities.visibility,
    })
    .from(activityDocuments)
    .innerJoin(activities, eq(activities.id, activityDocuments.activityId))
    .where(eq(activityDocuments.id, documentId))
  if (!row?.fileId) return null
  const open = row.public && row.status !== 'draft' && row.visibility !== 'internal'
  return open || can(ctx.actor, 'activities:read') ? fileById(ctx.db, row.fileId) : null
}
