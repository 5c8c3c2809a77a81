import { notFound } from '#app/platform/web.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { activityCalendar, agendaCalendar, agendaRss, feedResponse } from '../feeds.server.ts'
import type { Route } from './+types/feed'

/** /agenda.ics, /agenda.rss, /agenda/theme/culture.ics, /agenda/<activité>.ics */
export async function loader({ context, request, params, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const { code, slug } = params as { code?: string; slug?: string }
  const feed = url.pathname.endsWith('.rss')
    ? await agendaRss(ctx)
    : slug !== undefined
      ? await activityCalendar(ctx, slug)
      : await agendaCalendar(ctx, code)
  if (!feed) throw notFound('Ce calendrier n’existe pas.')
  return feedResponse(request, feed, slug === undefined ? undefined : `${slug.replace(/[^\w-]+/g, '-')}.ics`)
}
