import { requestContext } from '#app/platform/request-context.server.ts'
import { idParam, notFound } from '#app/platform/web.server.ts'
import { readMail } from '../queries.server.ts'
import type { Route } from './+types/mail-calendar'

/** The calendar file that went with a mail. */
export async function loader({ context, params }: Route.LoaderArgs) {
  const mail = await readMail(context.get(requestContext), idParam(params.id))
  if (!mail?.calendar) throw notFound()
  return new Response(mail.calendar.content, {
    headers: {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'attachment; filename="rendez-vous.ics"',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    },
  })
}
