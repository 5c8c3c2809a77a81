import { requestContext } from '#app/platform/request-context.server.ts'
import { idParam, notFound, requirePermission } from '#app/platform/web.server.ts'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { formatDateTimeRange } from '#app/ui/french.ts'
import { activityHead } from '../../record/activity-head.server.ts'
import { ActivityPageHead } from '../../record/activity-tabs.tsx'
import { expectedPeople, paperActivity } from '../people.server.ts'
import { BadgesForm, SheetForm } from '../papers-forms.tsx'
import type { Route } from './+types/papers'

export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'attendance:read')
  const id = idParam(params.id)
  const [head, activity] = [await activityHead(ctx, id), await paperActivity(ctx.db, id)]
  if (!head || !activity) throw notFound('Cette activité n’existe pas.')
  const people = await expectedPeople(ctx.db, id)
  const sessions = activity.sessions.map(({ id: value, title, startsAt, endsAt }) => ({
    value,
    label: [formatDateTimeRange(startsAt, endsAt), title].filter(Boolean).join(' · '),
  }))
  const onsite = people.filter(({ mode }) => mode === 'onsite').length
  return { head, sessions, onsite, remote: people.length - onsite }
}

/** What is printed before an activity: the list to sign, the badges. */
export default function Papers({ loaderData: { head, sessions, onsite, remote } }: Route.ComponentProps) {
  return (
    <OfficePage>
      <ActivityPageHead head={head} part="À imprimer" />
      <SheetForm id={head.id} {...{ sessions, onsite, remote }} hybrid={head.mode === 'hybride'} />
      <BadgesForm id={head.id} onsite={onsite} />
    </OfficePage>
  )
}
