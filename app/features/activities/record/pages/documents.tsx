import { data, redirect } from 'react-router'
import { can } from '#app/platform/context.ts'
import { checkForm, readForm } from '#app/platform/forms.server.ts'
import { fileSentences, MAX_UPLOAD_BYTES, uploadedFile } from '#app/platform/files.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { forbidden, idParam, notFound } from '#app/platform/web.server.ts'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { activityHead } from '../activity-head.server.ts'
import { ActivityPageHead } from '../activity-tabs.tsx'
import { DocumentForm, DocumentList } from '../document-list.tsx'
import { addDocument, type AddDocumentError, documentsOf, removeDocument, showDocument } from '../documents.server.ts'
import { FormNotices } from '../form-notices.tsx'
import { answered } from '../form-state.server.ts'
import type { FormState } from '../form-state.ts'
import { documentInput } from '../inputs.server.ts'
import { NOT_ALLOWED } from '../sentences.ts'
import type { Route } from './+types/documents'
import '../record.css'

export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const id = idParam(params.id)
  const head = await activityHead(ctx, id)
  if (!head) throw notFound('Cette activité n’existe pas.')
  return { head, documents: await documentsOf(ctx.db, id), mayWrite: can(ctx.actor, 'activities:write') }
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const ctx = context.get(requestContext)
  const target = { activityId: idParam(params.id), version: null }
  const form = await readForm(request, { maxBytes: MAX_UPLOAD_BYTES })
  const [intent, documentId] = [String(form.get('intent') ?? ''), String(form.get('documentId') ?? '')]
  if (intent === 'show' || intent === 'hide' || intent === 'remove') {
    const id = idParam(documentId)
    const done =
      intent === 'remove'
        ? await removeDocument(ctx, target, id)
        : await showDocument(ctx, target, id, intent === 'show')
    if (!done.ok && done.error.type === 'not-allowed') throw forbidden(NOT_ALLOWED)
    if (!done.ok) throw notFound('Ce document n’est plus là.')
    return redirect(`/bureau/activites/${target.activityId}/documents`)
  }
  const read = checkForm(form, documentInput)
  if (!read.ok) return data(answered(read.error.values, read.error.errors), { status: 400 })
  const added = await addDocument(ctx, target, { ...read.value, file: uploadedFile(form, 'file') })
  if (added.ok) return redirect(`/bureau/activites/${target.activityId}/documents`)
  if (added.error.type === 'not-allowed') throw forbidden(NOT_ALLOWED)
  if (added.error.type === 'not-found') throw notFound('Cette activité n’existe pas.')
  const typed = { title: read.value.title ?? '', url: read.value.url ?? '', public: read.value.public ? 'oui' : '' }
  return data(answered(typed, sentences(added.error)), { status: 400 })
}

type Refusal = Exclude<AddDocumentError, { type: 'not-allowed' | 'not-found' }>

function sentences(error: Refusal): FormState['errors'] {
  switch (error.type) {
    case 'nothing-given':
      return { file: ['Choisissez un fichier, ou donnez un lien.'] }
    case 'both-given':
      return { url: ['Un fichier ou un lien, pas les deux.'] }
    case 'no-title':
      return { title: ['Donnez un titre à ce lien.'] }
    case 'empty-file':
    case 'file-too-large':
    case 'unknown-file-kind':
      return { file: [fileSentences[error.type]] }
    case 'changed-since':
      return { '': ['Cette activité vient d’être modifiée. Recommencez.'] }
    default:
      return error satisfies never
  }
}

export default function Documents({ loaderData, actionData }: Route.ComponentProps) {
  const { head, documents, mayWrite } = loaderData
  return (
    <OfficePage>
      <ActivityPageHead head={head} part="Documents" />
      <FormNotices state={actionData} />
      <DocumentList documents={documents} mayWrite={mayWrite} />
      {mayWrite && (
        <DocumentForm
          key={actionData?.stamp ?? documents.length}
          typed={actionData?.typed ?? {}}
          errors={actionData?.errors ?? {}}
        />
      )}
    </OfficePage>
  )
}
