import { data, redirect } from 'react-router'
import type { Route } from './+types/connections'
import { requestContext } from '#app/platform/request-context.server.ts'
import { idParam, notFound, requirePermission } from '#app/platform/web.server.ts'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { activityHead } from '../../record/activity-head.server.ts'
import { ActivityPageHead } from '../../record/activity-tabs.tsx'
import '../connections.css'
import { listsAction } from '../lists-action.server.ts'
import { ListsPage } from '../lists-page.tsx'
import { connectionLists } from '../lists.server.ts'
import { unconnected } from '../unconnected.server.ts'

export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'attendance:write')
  const id = idParam(params.id)
  const head = await activityHead(ctx, id)
  if (!head) throw notFound()
  return { head, lists: await connectionLists(ctx, id), missing: await unconnected(ctx, id) }
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const id = idParam(params.id)
  const said = await listsAction(context.get(requestContext), id, request)
  if (said.importId)
    return redirect(`/bureau/activites/${id}/presence/connexions/${said.importId}${said.again ? '?deja=oui' : ''}`)
  return data(said, { status: said.status })
}

export default function Connections({ loaderData, actionData }: Route.ComponentProps) {
  return (
    <OfficePage>
      <ActivityPageHead head={loaderData.head} part="Listes de connexion" />
      <ListsPage {...loaderData} said={actionData} />
    </OfficePage>
  )
}
