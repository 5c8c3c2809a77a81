import { data, redirect } from 'react-router'
import { type FormErrors, formValues, readForm } from '#app/platform/forms.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { forbidden, idParam, notFound } from '#app/platform/web.server.ts'
import { ErrorSummary } from '#app/ui/form-layout.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { activityHead } from '../activity-head.server.ts'
import { ActivityPageHead } from '../activity-tabs.tsx'
import { runGesture } from '../gestures.server.ts'
import { readActivity } from '../record.server.ts'
import { RecordActions, RecordView } from '../record-view.tsx'
import { remainingTasks } from '../remaining.ts'
import { NOT_ALLOWED } from '../sentences.ts'
import type { Route } from './+types/activity'
import '../record.css'

export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const id = idParam(params.id)
  const head = await activityHead(ctx, id)
  const record = await readActivity(ctx, id)
  if (!head || !record) throw notFound('Cette activité n’existe pas.')
  return { head, record, remaining: remainingTasks({ ...record, ...head }, ctx.now()) }
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const ctx = context.get(requestContext)
  const id = idParam(params.id)
  const values = formValues(await readForm(request))
  const text = (name: string) => (typeof values[name] === 'string' ? values[name] : '')
  const done = await runGesture(ctx, id, text('intent'), text)
  if (done.ok) return redirect(done.value)
  return answer(done.error)
}

function answer(error: FormErrors | 'not-allowed' | 'not-found') {
  if (error === 'not-allowed') throw forbidden(NOT_ALLOWED)
  if (error === 'not-found') throw notFound('Cette activité n’existe pas.')
  return data({ errors: error }, { status: 400 })
}

export default function Activity({ loaderData, actionData }: Route.ComponentProps) {
  const { head, record, remaining } = loaderData
  return (
    <OfficePage>
      <ActivityPageHead head={head} actions={<RecordActions head={head} />} />
      <ErrorSummary errors={actionData?.errors} />
      <RecordView head={head} record={record} remaining={remaining} errors={actionData?.errors ?? {}} />
    </OfficePage>
  )
}
