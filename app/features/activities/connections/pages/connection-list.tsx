import { data, redirect } from 'react-router'
import type { Route } from './+types/connection-list'
import { can } from '#app/platform/context.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { idParam, notFound, requirePermission } from '#app/platform/web.server.ts'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { activityHead } from '../../record/activity-head.server.ts'
import { ActivityPageHead } from '../../record/activity-tabs.tsx'
import '../connections.css'
import { reviewAction } from '../review-action.server.ts'
import { ReviewPage } from '../review-page.tsx'
import { connectionReview } from '../review.server.ts'

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'attendance:write')
  const activityId = idParam(params.id)
  const head = await activityHead(ctx, activityId)
  const review = head && (await connectionReview(ctx, { activityId, importId: idParam(params.importId) }))
  if (!head || !review) throw notFound('Cette liste n’existe pas, ou plus.')
  const [opened, again] = [url.searchParams.get('changer'), url.searchParams.has('deja')]
  return { head, review, opened, again, mayExport: can(ctx.actor, 'attendance:export') }
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const target = { activityId: idParam(params.id), importId: idParam(params.importId) }
  const said = await reviewAction(context.get(requestContext), target, request)
  if (said.left) return redirect(`/bureau/activites/${target.activityId}/presence/connexions`)
  return data(said, { status: said.status })
}

export default function ConnectionListPage({ loaderData, actionData }: Route.ComponentProps) {
  return (
    <OfficePage>
      <ActivityPageHead head={loaderData.head} part="Liste de connexion" />
      <ReviewPage {...loaderData} said={actionData} />
    </OfficePage>
  )
}
