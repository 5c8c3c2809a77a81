import type pg from 'pg'
import { Visitor } from '../process/visitor.ts'
import { type Measure, median, timeEach } from './measure.ts'

const BARE_AGENDA = `select a.id, a.slug, a.title, a.place, a.starts_at, a.ends_at, k.label from activities.activity a
  join platform.term k on k.id = a.kind_id
  where a.status <> 'draft' and a.visibility = 'public' and a.ends_at >= now() order by a.starts_at limit 40`

const BARE_ACTIVITY = `select a.*, k.label,
    (select json_agg(s order by s.starts_at) from activities.session s where s.activity_id = a.id) as sessions,
    (select count(*) from activities.attendance t where t.activity_id = a.id and t.status = 'registered') as registered
  from activities.activity a join platform.term k on k.id = a.kind_id where a.slug = $1`

const ROUNDS = 100

/** The time a visitor waits, HTTP included; each activity is asked for once, so that nothing is answered from a cache. */
export async function pages(url: string, client: pg.Client): Promise<Measure[]> {
  const visitor = new Visitor(1)
  const { rows } = await client.query<{ slug: string }>(
    `select slug from activities.activity where status = 'published' and visibility = 'public' and starts_at is not null order by md5(slug) limit ${ROUNDS}`,
  )
  const slugs = rows.map(({ slug }) => slug)
  const rounds = Array.from({ length: ROUNDS })
  const ask = async (path: string) => {
    const { status } = await visitor.get(url + path)
    if (status !== 200) throw new Error(`${path}: ${status}`)
  }
  const agenda = await timeEach(rounds, () => ask('/agenda'))
  const bareAgenda = await timeEach(rounds, () => client.query(BARE_AGENDA))
  const activity = await timeEach(slugs, (slug) => ask(`/agenda/${slug}`))
  const bareActivity = await timeEach(slugs, (slug) => client.query(BARE_ACTIVITY, [slug]))
  visitor.close()
  return [
    {
      label: 'page de l’agenda',
      value: median(agenda),
      unit: 'ms',
      goal: { most: 25 },
      bare: { label: 'SQL seul', value: median(bareAgenda) },
    },
    {
      label: 'page d’une activité',
      value: median(activity),
      unit: 'ms',
      goal: { most: 25 },
      bare: { label: 'SQL seul', value: median(bareActivity) },
    },
  ]
}
