import pg from 'pg'
import { makeActivity } from '#app/features/activities/fixtures.ts'
import type { AppContext } from '#app/platform/context.ts'
import { openForm, Visitor } from '../process/visitor.ts'
import { type Measure, rateOf } from './measure.ts'

const COUNT = 1000
const LANES = 16

/** Forms sent by as many visitors to one server; opening the form is not counted. Beside: the two rows alone, one commit each. */
export async function registrations(ctx: AppContext, url: string, connection: pg.PoolConfig): Promise<Measure> {
  const startsAt = new Date(ctx.now().getTime() + 30 * 86_400_000)
  const sessions = [{ startsAt, endsAt: new Date(startsAt.getTime() + 3 * 3_600_000) }]
  const { slug } = await makeActivity(ctx, { slug: 'banc-inscriptions', capacityOnsite: 100_000, sessions })
  const { id } = await makeActivity(ctx, { slug: 'banc-nu', sessions })
  const ready: { visitor: Visitor; form: Record<string, string> }[] = []
  for (let n = 0; n < COUNT; n++) {
    const visitor = new Visitor(1000 + n)
    ready.push({ visitor, form: await openForm(visitor, url, slug, n) })
  }
  const ours = await rateOf(ready, LANES, async ({ visitor, form }) => {
    const { status } = await visitor.post(`${url}/agenda/${slug}/inscription`, form)
    if (status !== 303) throw new Error(`registration answered ${status}`)
  })
  for (const { visitor } of ready) visitor.close()
  return {
    label: `inscriptions, ${LANES} à la fois`,
    value: ours,
    unit: '/s',
    goal: { least: 100 },
    bare: { label: 'deux lignes, SQL seul', value: await bareRate(connection, id) },
  }
}

async function bareRate(connection: pg.PoolConfig, activityId: string): Promise<number> {
  const pool = new pg.Pool({ max: LANES, ...connection })
  const numbers = Array.from({ length: COUNT }, (_, i) => i)
  const rate = await rateOf(numbers, LANES, (n) =>
    pool.query(
      `with p as (insert into directory.person (given_name, family_name, email, created_at, updated_at)
        values ('Dominique', 'Nu ' || $1, 'nu-' || $1 || '@exemple.test', now(), now()) returning id)
      insert into activities.attendance (activity_id, person_id, status, source, registered_at, status_at)
        select $2, id, 'registered', 'registration', now(), now() from p`,
      [n, activityId],
    ),
  )
  await pool.end()
  return rate
}
