import { requestContext } from '#app/platform/request-context.server.ts'
import { idParam, notFound } from '#app/platform/web.server.ts'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { activityHead } from '../../record/activity-head.server.ts'
import { ActivityPageHead } from '../../record/activity-tabs.tsx'
import { CertificatesView } from '../certificates-view.tsx'
import { certificatesAction, certificatesPage } from '../page-data.server.ts'
import type { Route } from './+types/activity-certificates'

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const id = idParam(params.id)
  const head = await activityHead(ctx, id)
  if (!head) throw notFound('Cette activité n’existe pas.')
  return { head, page: await certificatesPage(ctx, { kind: 'activity', id }, url) }
}

export const action = ({ context, params, request }: Route.ActionArgs) =>
  certificatesAction(context.get(requestContext), { kind: 'activity', id: idParam(params.id) }, request)

export default function ActivityCertificates({ loaderData: { head, page }, actionData }: Route.ComponentProps) {
  return (
    <OfficePage>
      <ActivityPageHead head={head} part="Attestations" />
      <CertificatesView {...page} said={actionData?.sentence} />
    </OfficePage>
  )
}
