import { requestContext } from '#app/platform/request-context.server.ts'
import { idParam, notFound, requirePermission } from '#app/platform/web.server.ts'
import { Notice } from '#app/ui/feedback.tsx'
import { ErrorSummary } from '#app/ui/form-layout.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { audienceLabels } from '../../labels.ts'
import { activityHead } from '../../record/activity-head.server.ts'
import { ActivityPageHead } from '../../record/activity-tabs.tsx'
import { documentsOf } from '../../record/documents.server.ts'
import { fieldsFor } from '../compose.server.ts'
import { draftOf } from '../draft.server.ts'
import { LeftOut, PreviewPane, WriteForm } from '../message-form.tsx'
import { audienceOf, previewOf } from '../preview.server.ts'
import { usualTexts } from '../usual-texts.ts'
import { audienceBySlug } from '../words.ts'
import { runWriting } from '../write-action.server.ts'
import type { Route } from './+types/write'
import '../follow-up.css'

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'activities:write')
  const [id, audience] = [idParam(params.id), audienceBySlug(params.audience)]
  const head = await activityHead(ctx, id)
  if (!head || !audience) throw notFound('Cette activité n’existe pas.')
  const draft = await draftOf(ctx, id, audience)
  const rank = Number(/^\d{1,6}$/.exec(url.searchParams.get('rang') ?? '')?.[0] ?? 1)
  const documents = await documentsOf(ctx.db, id)
  return {
    head,
    audience,
    documents: documents.map(({ id: documentId, title, public: shown }) => ({ id: documentId, title, shown })),
    fields: fieldsFor(audience),
    people: await audienceOf(ctx, id, audience),
    draft: draft && { ...draft, updatedAt: draft.updatedAt.toISOString() },
    preview: draft && (await previewOf(ctx, draft, rank)),
    tested: url.searchParams.get('essai') === 'parti',
  }
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const audience = audienceBySlug(params.audience)
  if (!audience) throw notFound()
  return runWriting(context.get(requestContext), { activityId: idParam(params.id), audience }, request)
}

export default function Write({ loaderData, actionData }: Route.ComponentProps) {
  const { head, audience, documents, fields, people, draft, preview, tested } = loaderData
  const usual = { ...usualTexts[audience], documentIds: documents.map(({ id }) => id), documentMonths: '6' }
  const kept = draft && { ...draft, documentMonths: String(draft.documentMonths) }
  return (
    <OfficePage wide>
      <ActivityPageHead head={head} part={`Message : ${audienceLabels[audience].toLowerCase()}`} />
      <ErrorSummary
        errors={actionData?.errors}
        labels={{ subject: 'Objet', body: 'Message', documentIds: 'Documents' }}
      />
      {tested && <Notice tone="good">L’essai est parti à votre adresse.</Notice>}
      <h2>
        <Fr>{`Message aux ${audienceLabels[audience].toLowerCase()}`}</Fr>
      </h2>
      <div className="follow-up">
        <WriteForm
          key={actionData?.stamp ?? draft?.updatedAt ?? 'usual'}
          typed={actionData?.values ?? kept ?? usual}
          errors={actionData?.errors ?? {}}
          documents={documents}
          fields={fields}
          saved={draft !== null}
        />
        <PreviewPane draft={draft} preview={preview} count={people.count} />
      </div>
      <LeftOut people={people} activityId={head.id} />
    </OfficePage>
  )
}
