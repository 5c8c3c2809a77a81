import { data } from 'react-router'
import type { Route } from './+types/attendance'
import { can } from '#app/platform/context.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { termOptions, termsOf } from '#app/platform/terms.server.ts'
import { idParam, notFound } from '#app/platform/web.server.ts'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { activityHead } from '../../record/activity-head.server.ts'
import { ActivityPageHead } from '../../record/activity-tabs.tsx'
import '../attendance.css'
import { AttendancePage } from '../attendance-page.tsx'
import { attendanceAction } from '../page-action.server.ts'
import { readSheet } from '../read-sheet.server.ts'

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const id = idParam(params.id)
  const asOf = ctx.now().getTime()
  const [head, read] = [await activityHead(ctx, id), await readSheet(ctx, id, new URL(request.url).searchParams)]
  if (!head || !read) throw notFound()
  const upcoming = head.startsAt !== null && head.startsAt.getTime() > asOf
  const profiles = termOptions(await termsOf(ctx.db, 'profil'))
  const may = { write: can(ctx.actor, 'attendance:write'), export: can(ctx.actor, 'attendance:export') }
  return { head, ...read, asOf, upcoming, profiles, may }
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const said = await attendanceAction(context.get(requestContext), idParam(params.id), request)
  return data(said, { status: said.status })
}

export default function Attendance({ loaderData, actionData }: Route.ComponentProps) {
  return (
    <OfficePage>
      <ActivityPageHead head={loaderData.head} part="Présence" />
      <AttendancePage {...loaderData} said={actionData} />
    </OfficePage>
  )
}
