import { createHash } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { readCentre } from '#app/platform/settings.server.ts'
import { formatDateTimeRange, isoDay } from '#app/ui/french.ts'
import { instantOrNull } from '../instant.server.ts'
import { type CalendarActivity, publicCalendar } from '../registration/calendar.server.ts'
import { everything } from './filters.ts'
import { hasPage, inAgenda, matching } from './visible.server.ts'

export interface Feed {
  body: string
  contentType: string
  lastModified: Date | null
}

type FeedRow = CalendarActivity & { kind: string; summary: string | null; publishedAt: Date | null }
type RawRow = Omit<FeedRow, 'updatedAt' | 'publishedAt' | 'sessions'> & {
  updatedAt: string
  publishedAt: string | null
  sessions: { title: string | null; startsAt: string; endsAt: string; place: string | null }[]
}

async function read(ctx: AppContext, where: SQL, end: SQL = sql`order by a.starts_at`): Promise<FeedRow[]> {
  const { rows } = await ctx.db.execute<{ row: RawRow }>(sql`
    select json_build_object('id', a.id, 'slug', a.slug, 'title', a.title, 'status', a.status, 'place', a.place,
      'address', a.address, 'calendarSequence', a.calendar_sequence, 'updatedAt', a.updated_at, 'kind', k.label,
      'summary', a.summary, 'publishedAt', a.published_at,
      'sessions', coalesce((select json_agg(json_build_object('title', s.title, 'startsAt', s.starts_at, 'endsAt', s.ends_at,
        'place', s.place) order by s.starts_at, s.id) from activities.session s where s.activity_id = a.id), '[]')) as row
    from activities.activity a join platform.term k on k.id = a.kind_id where ${where} ${end}`)
  return rows.map(({ row }) => ({
    ...row,
    updatedAt: new Date(row.updatedAt),
    publishedAt: row.publishedAt ? new Date(row.publishedAt) : null,
    sessions: row.sessions.map((one) => ({ ...one, startsAt: new Date(one.startsAt), endsAt: new Date(one.endsAt) })),
  }))
}

/** A calendar to subscribe to holds what comes and the three months before: readers keep the rest. */
const recent = (ctx: AppContext) => sql`a.ends_at >= ${ctx.now().toISOString()}::timestamptz - interval '90 days'`

/** The whole agenda, or one theme of it; null: there is no such theme. */
export async function agendaCalendar(ctx: AppContext, themeCode?: string): Promise<Feed | null> {
  const theme = themeCode === undefined ? null : await themeOf(ctx, themeCode)
  if (themeCode !== undefined && !theme) return null
  const [{ name, email }, change] = [await readCentre(ctx.db), await lastChange(ctx)]
  const key = JSON.stringify([theme, name, email, ctx.baseUrl, change, isoDay(ctx.now())])
  return kept(ctx, key, async () => {
    const ofTheme = matching({ ...everything, themeId: theme?.id ?? null })
    const rows = await read(ctx, sql`${inAgenda} and ${recent(ctx)} and ${ofTheme}`)
    return calendarFeed(ctx, theme ? `${name} – ${theme.label}` : name, rows)
  })
}

const calendars = new WeakMap<Database, Map<string, Promise<Feed>>>()
const KEPT = 30

/** Calendars are asked for by machines, every quarter of an hour, by each subscriber: written once a change and a day. */
function kept(ctx: AppContext, key: string, make: () => Promise<Feed>): Promise<Feed> {
  const known = calendars.get(ctx.db) ?? new Map<string, Promise<Feed>>()
  calendars.set(ctx.db, known)
  const feed = known.get(key) ?? make()
  known.delete(key)
  known.set(key, feed)
  feed.catch(() => known.delete(key))
  if (known.size > KEPT) known.delete(known.keys().next().value!)
  return feed
}

async function themeOf(ctx: AppContext, code: string): Promise<{ id: string; label: string } | null> {
  const { rows } = await ctx.db.execute<{ id: string; label: string }>(
    sql`select id, label from platform.term where vocabulary = 'theme' and code = ${code}`,
  )
  return rows[0] ?? null
}

/** One activity, to put in one’s own calendar. */
export async function activityCalendar(ctx: AppContext, slug: string): Promise<Feed | null> {
  const rows = await read(ctx, sql`${hasPage} and a.slug = ${slug}`)
  return rows[0] ? calendarFeed(ctx, rows[0].title, rows) : null
}

async function calendarFeed(ctx: AppContext, name: string, rows: readonly FeedRow[]): Promise<Feed> {
  const { name: centre, email } = await readCentre(ctx.db)
  return {
    body: publicCalendar(name, rows, { name: centre, email, baseUrl: ctx.baseUrl }),
    contentType: 'text/calendar; charset=utf-8',
    lastModified: (await lastChange(ctx)).at,
  }
}

/** Of any activity: one that is withdrawn changes the feed too. */
async function lastChange(ctx: AppContext): Promise<{ at: Date | null; count: number }> {
  const { rows } = await ctx.db.execute<{ at: string | null; count: number }>(
    sql`select max(updated_at) as at, count(*)::int as count from activities.activity`,
  )
  return { at: instantOrNull(rows[0]!.at), count: rows[0]!.count }
}

/** The fifty activities published last. */
export async function agendaRss(ctx: AppContext): Promise<Feed> {
  const rows = await read(
    ctx,
    sql`${inAgenda} and a.published_at is not null`,
    sql`order by a.published_at desc, a.id limit 50`,
  )
  const { name, presentation } = await readCentre(ctx.db)
  const items = rows.map((row) => rssItem(ctx, row)).join('')
  const { at: updated } = await lastChange(ctx)
  const body = `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>${xml(`Agenda – ${name}`)}</title><link>${xml(`${ctx.baseUrl}/agenda`)}</link><description>${xml(presentation || `Les activités de ${name}`)}</description><language>fr</language>${updated ? `<lastBuildDate>${updated.toUTCString()}</lastBuildDate>` : ''}<ttl>60</ttl><atom:link href="${xml(`${ctx.baseUrl}/agenda.rss`)}" rel="self" type="application/rss+xml"/>${items}</channel></rss>
`
  return { body, contentType: 'application/rss+xml; charset=utf-8', lastModified: updated }
}

function rssItem(ctx: AppContext, row: FeedRow): string {
  const url = `${ctx.baseUrl}/agenda/${row.slug}`
  const [first, last] = [row.sessions[0], row.sessions.at(-1)]
  const when = first && last ? formatDateTimeRange(first.startsAt, last.endsAt) : null
  const said = [row.status === 'cancelled' && 'Annulée', row.kind, when, row.place].filter(Boolean).join(' · ')
  const description = [said, row.summary].filter(Boolean).join('\n\n')
  return `<item><title>${xml(row.title)}</title><link>${xml(url)}</link><guid isPermaLink="false">${row.id}</guid><pubDate>${row.publishedAt!.toUTCString()}</pubDate><description>${xml(description)}</description></item>`
}

const xml = (text: string) =>
  text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

/** A feed is asked for again and again by machines: it says when it has not changed, and may be kept for a quarter of an hour. */
export function feedResponse(request: Request, feed: Feed, filename?: string): Response {
  const etag = `"${createHash('sha256').update(feed.body).digest('base64url').slice(0, 27)}"`
  const headers = new Headers({ etag, 'cache-control': 'public, max-age=900', 'content-type': feed.contentType })
  if (feed.lastModified) headers.set('last-modified', feed.lastModified.toUTCString())
  if (filename) headers.set('content-disposition', `attachment; filename="${filename}"`)
  return isFresh(request, etag, feed.lastModified)
    ? new Response(null, { status: 304, headers })
    : new Response(feed.body, { headers })
}

function isFresh(request: Request, etag: string, lastModified: Date | null): boolean {
  const known = request.headers.get('if-none-match')
  if (known !== null) return known === '*' || known.split(',').some((one) => one.trim().replace(/^W\//, '') === etag)
  const since = Date.parse(request.headers.get('if-modified-since') ?? '')
  return lastModified !== null && Math.floor(lastModified.getTime() / 1000) * 1000 <= since
}
