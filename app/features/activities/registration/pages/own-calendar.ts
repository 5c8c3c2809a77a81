import { requestContext } from '#app/platform/request-context.server.ts'
import { linkRefusal } from '../link-refusal.server.ts'
import { ownCalendar } from '../own.server.ts'
import type { Route } from './+types/own-calendar'

export async function loader({ context, params }: Route.LoaderArgs) {
  const calendar = await ownCalendar(context.get(requestContext), params.token)
  if (!calendar.ok) throw linkRefusal(calendar.error)
  return new Response(calendar.value, {
    headers: {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'attachment; filename="inscription.ics"',
      'cache-control': 'private, no-store',
      'referrer-policy': 'no-referrer',
    },
  })
}
