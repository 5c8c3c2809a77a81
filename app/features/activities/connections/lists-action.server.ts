import type { AppContext } from '#app/platform/context.ts'
import { uploadedFile } from '#app/platform/files.server.ts'
import { type FormErrors, readForm } from '#app/platform/forms.server.ts'
import { sheetSentence } from '#app/platform/sheets/sheet.ts'
import { traceRange } from '../attendance/forms.server.ts'
import { bulkSentence, refusalOf as markRefusal, undoneSentence } from '../attendance/sentences.ts'
import { undoMarks } from '../attendance/undo-marks.server.ts'
import { importConnectionList, type ImportListError } from './import-list.server.ts'
import { refusalOf } from './sentences.ts'
import { markUnconnectedAbsent } from './unconnected.server.ts'
import { MAX_LIST_BYTES, readingSentence } from './words.ts'

export interface ListsSaid {
  status: number
  notice?: string
  /** Handed back by « Annuler ». */
  undo?: string
  errors?: FormErrors
  /** The list just read, where one goes. */
  importId?: string
  again?: boolean
}

export async function listsAction(ctx: AppContext, activityId: string, request: Request): Promise<ListsSaid> {
  const form = await readForm(request, { maxBytes: MAX_LIST_BYTES + 100_000 })
  switch (String(form.get('intent') ?? '')) {
    case 'importer':
      return importFile(ctx, activityId, form)
    case 'absents':
      return absent(ctx, activityId)
    case 'annuler':
      return undo(ctx, activityId, form)
    default:
      return { status: 400, errors: { '': ['Cette action n’existe pas.'] } }
  }
}

async function importFile(ctx: AppContext, activityId: string, form: FormData): Promise<ListsSaid> {
  const file = uploadedFile(form, 'fichier')
  if (!file) return fileRefused('Choisissez le fichier de la visioconférence.')
  if (file.size > MAX_LIST_BYTES)
    return fileRefused('Ce fichier est trop lourd pour une liste de connexion (5 Mo au plus).')
  const bytes = new Uint8Array(await file.arrayBuffer())
  const read = await importConnectionList(ctx, {
    activityId,
    fileName: file.name.trim() || 'Liste de connexion',
    bytes,
  })
  return read.ok ? { status: 200, ...read.value } : importRefused(read.error)
}

const fileRefused = (message: string): ListsSaid => ({ status: 400, errors: { fichier: [message] } })

function importRefused(error: ImportListError): ListsSaid {
  switch (error.type) {
    case 'not-allowed':
    case 'no-such-activity':
    case 'activity-cancelled': {
      const { status, message } = refusalOf(error)
      return { status, errors: { '': [message] } }
    }
    case 'no-table':
    case 'nobody':
    case 'too-many':
      return fileRefused(readingSentence(error))
    default:
      return fileRefused(sheetSentence(error))
  }
}

async function absent(ctx: AppContext, activityId: string): Promise<ListsSaid> {
  const done = await markUnconnectedAbsent(ctx, activityId)
  if (!done.ok) return { status: markRefusal(done.error).status, errors: { '': [markRefusal(done.error).message] } }
  const { changed, trace } = done.value
  return { status: 200, notice: bulkSentence(changed, 'absent'), undo: trace ? `${trace.from}-${trace.to}` : undefined }
}

async function undo(ctx: AppContext, activityId: string, form: FormData): Promise<ListsSaid> {
  const trace = traceRange.safeParse(form.get('trace'))
  if (!trace.success) return { status: 400, errors: { '': ['Ce pointage ne peut plus être annulé.'] } }
  const done = await undoMarks(ctx, { activityId, trace: trace.data })
  if (!done.ok) return { status: markRefusal(done.error).status, errors: { '': [markRefusal(done.error).message] } }
  return { status: 200, notice: undoneSentence(done.value.rows.length, done.value.kept) }
}
