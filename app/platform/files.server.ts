import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { eq } from 'drizzle-orm'
import { type AppContext, userIdOf } from './context.ts'
import type { Database } from './database.server.ts'
import { cleanName, kindOf } from './file-kind.server.ts'
import { err, ok, type Result } from './result.ts'
import { files } from './schema.server.ts'
import { notFound } from './web.server.ts'

export type StoredFile = typeof files.$inferSelect

export const MAX_FILE_BYTES = 25 * 1024 * 1024
/** For `readForm`: the file and what comes with it. */
export const MAX_UPLOAD_BYTES = MAX_FILE_BYTES + 1_000_000

export type StoreFileError = { type: 'empty-file' } | { type: 'file-too-large' } | { type: 'unknown-file-kind' }

/** The French sentence of a refused file. */
export const fileSentences: Record<StoreFileError['type'], string> = {
  'empty-file': 'Ce fichier est vide.',
  'file-too-large': 'Ce fichier est trop lourd (25 Mo au plus).',
  'unknown-file-kind':
    'Ce fichier n’est pas d’un type accepté : PDF, image (PNG, JPEG, WebP), document Word, Excel, PowerPoint ou LibreOffice sans macros, texte ou CSV.',
}

/** The file of a form; null when none was chosen (the browser then sends an empty one, without a name). */
export function uploadedFile(form: FormData, name: string): File | null {
  const value = form.get(name)
  return value instanceof File && (value.size > 0 || value.name !== '') ? value : null
}

/**
 * Keeps a file: its bytes on disk under their SHA-256, what is known of it in the database. The bytes are there before the
 * row is; a rolled back transaction leaves at most bytes that nobody points at. The caller has checked the permission.
 */
export async function storeFile(
  tx: Database,
  ctx: AppContext,
  file: File,
): Promise<Result<StoredFile, StoreFileError>> {
  if (file.size === 0) return err({ type: 'empty-file' })
  if (file.size > MAX_FILE_BYTES) return err({ type: 'file-too-large' })
  const bytes = Buffer.from(await file.arrayBuffer())
  const kind = kindOf(bytes, file.name)
  if (!kind) return err({ type: 'unknown-file-kind' })
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  await keepBytes(pathOf(ctx, sha256), bytes)
  const [row] = await tx
    .insert(files)
    .values({
      sha256,
      name: cleanName(file.name, kind),
      mediaType: kind.mediaType,
      size: bytes.length,
      uploadedAt: ctx.now(),
      uploadedBy: userIdOf(ctx.actor),
    })
    .returning()
  return ok(row!)
}

const pathOf = ({ filesDir }: AppContext, sha256: string) => path.join(filesDir, sha256.slice(0, 2), sha256)

/** On disk, whole, before it takes its name; the same bytes are written once. */
async function keepBytes(target: string, bytes: Buffer): Promise<void> {
  if (await stat(target).catch(() => null)) return
  await mkdir(path.dirname(target), { recursive: true })
  const draft = `${target}.${randomUUID()}`
  try {
    const handle = await open(draft, 'wx', 0o600)
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, target)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

export async function fileById(db: Database, id: string): Promise<StoredFile | null> {
  const [row] = await db.select().from(files).where(eq(files.id, id))
  return row ?? null
}

/**
 * The answer of a download route, once the caller has checked who may have it. Always a download, never a page of ours: what
 * strangers put in a file must not run under our name.
 */
export async function fileResponse(ctx: AppContext, file: StoredFile): Promise<Response> {
  const source = pathOf(ctx, file.sha256)
  if (!(await stat(source).catch(() => null))) throw notFound('Ce fichier n’est plus là.')
  return new Response(Readable.toWeb(createReadStream(source)) as ReadableStream, {
    headers: {
      'content-type': file.mediaType,
      'content-length': String(file.size),
      'content-disposition': `attachment; filename="${asciiName(file.name)}"; filename*=UTF-8''${encodeName(file.name)}`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    },
  })
}

const asciiName = (name: string) =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7e]|["\\%]/g, '-')

const encodeName = (name: string) =>
  encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
