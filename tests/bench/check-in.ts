import { sql } from 'drizzle-orm'
import pg from 'pg'
import { makeActivity } from '#app/features/activities/fixtures.ts'
import { doorLinks, makeDoorLink } from '#app/features/activities/check-in/links.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import { readOrMakeSecret } from '#app/platform/settings.server.ts'
import { type Measure, rateOf } from './measure.ts'

const COUNT = 2000
const LANES = 16
const BATCH = 50

/**
 * People checked in over HTTP by devices that hold a link: one gesture a request, sixteen at a time; then fifty a request, as a
 * device sends them after a cut. Beside: the update alone, one commit each.
 */
export async function checkIns(house: AppContext, url: string, connection: pg.PoolConfig): Promise<Measure[]> {
  const ctx = { ...house, secret: await readOrMakeSecret(house.db, () => ''), baseUrl: url }
  const [single, grouped] = [await openDoor(ctx), await openDoor(ctx)]
  const bare = await bareRate(connection, (await openDoor(ctx)).ids)
  const batches = Array.from({ length: COUNT / BATCH }, (_, i) => grouped.ids.slice(i * BATCH, (i + 1) * BATCH))
  const perBatch = await rateOf(batches, LANES, (ids) => send(grouped.source, ids))
  // every device has read its list, many times, before the crowd comes
  await rateOf(Array(300).fill(`${single.source}?depuis=${2 ** 31}`), LANES, async (list: string) =>
    (await fetch(list)).text(),
  )
  const ours = await rateOf(single.ids, LANES, (id) => send(single.source, [id]))
  const goal = { least: 200 }
  return [
    {
      label: `entrées à l’accueil, une par envoi, ${LANES} à la fois`,
      value: ours,
      unit: '/s',
      goal,
      bare: { label: 'une ligne, SQL seul', value: bare },
    },
    { label: `entrées à l’accueil, ${BATCH} par envoi`, value: perBatch * BATCH, unit: '/s', goal },
  ]
}

/** An activity of today with so many people expected, and the address where a helper's device sends. */
async function openDoor(ctx: AppContext): Promise<{ ids: string[]; source: string }> {
  const startsAt = ctx.now()
  const sessions = [{ startsAt, endsAt: new Date(startsAt.getTime() + 3_600_000) }]
  const { id: activityId } = await makeActivity(ctx, { slug: `banc-accueil-${crypto.randomUUID()}`, sessions })
  const { rows } = await ctx.db.execute<{ id: string }>(sql`
    with p as (insert into directory.person (given_name, family_name, created_at, updated_at)
      select 'Dominique', 'Banc ' || n, now(), now() from generate_series(1, ${COUNT}) n returning id)
    insert into activities.attendance (activity_id, person_id, status, source, registered_at, status_at)
    select ${activityId}, id, 'registered', 'registration', now(), now() from p returning id`)
  await makeDoorLink(ctx, { activityId, label: 'Banc' })
  const [link] = (await doorLinks(ctx, activityId))!
  return { ids: rows.map(({ id }) => id), source: `${link!.address}/liste.json` }
}

/** Connections are kept, as devices keep theirs. */
async function send(source: string, ids: readonly string[]) {
  const gestures = ids.map((id) => ({ key: crypto.randomUUID(), kind: 'enter', id }))
  const body = new URLSearchParams({ gestes: JSON.stringify(gestures) })
  const answer = await fetch(source, { method: 'POST', body })
  const [{ status }, text] = [answer, await answer.text()]
  const entered = status === 200 ? text.split('"entered"').length - 1 : 0
  if (entered !== ids.length) throw new Error(`check-in answered ${status}: ${text.slice(0, 200)}`)
}

async function bareRate(connection: pg.PoolConfig, ids: readonly string[]): Promise<number> {
  const pool = new pg.Pool({ max: LANES, ...connection })
  const rate = await rateOf(ids, LANES, (id) =>
    pool.query(`update activities.attendance set status = 'present', status_at = now() where id = $1`, [id]),
  )
  await pool.end()
  return rate
}
