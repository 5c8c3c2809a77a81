import { sql } from 'drizzle-orm'
import { makeShells } from '#app/features/directory/index.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { ERASED, type Erased } from '#app/platform/personal-data.server.ts'
import { moveUp } from '../registration/places.server.ts'
import { forgetLists, forgetSignatures } from './forget-lists.server.ts'

/** An organisation stays on a row only where, that year, it is that of at least so many people of one profile and département. */
const FEW = 5

const uuids = (ids: readonly string[]) => sql`${sql.param([...ids])}::uuid[]`

/** Places to come are given back, what named somebody goes, presences stay and are nobody's. */
export async function eraseFromActivities(tx: Database, ctx: AppContext, { records, signatures }: Erased) {
  const freed = await leaveComing(tx, ctx, records)
  await forgetLists(tx, records)
  await forgetNames(tx, records)
  await forgetSignatures(tx, signatures)
  await dropTwins(tx, records)
  await detach(tx, ctx, records)
  for (const activityId of freed) await moveUp(tx, ctx, activityId)
}

/** Rows of what is not over yet serve no figure: they go, and their places with them. */
async function leaveComing(tx: Database, ctx: AppContext, records: readonly string[]): Promise<string[]> {
  const coming = sql`n.person_id = any(${uuids(records)}) and n.status <> 'present'
    and coalesce(a.ends_at, 'infinity') > ${ctx.now().toISOString()}::timestamptz`
  await tx.execute(sql`
    delete from activities.follow_up_send s using activities.attendance n, activities.activity a
    where s.attendance_id = n.id and a.id = n.activity_id and ${coming}`)
  const { rows } = await tx.execute<{ id: string; held: boolean }>(sql`
    delete from activities.attendance n using activities.activity a where a.id = n.activity_id and ${coming}
    returning a.id, n.status = 'registered' as held`)
  return [...new Set(rows.filter(({ held }) => held).map(({ id }) => id))].sort()
}

async function forgetNames(tx: Database, records: readonly string[]) {
  await tx.execute(sql`
    update activities.speaker set person_id = null, name = ${ERASED}, function = null, organisation_id = null, organisation_name = null
    where person_id = any(${uuids(records)})`)
  await tx.execute(
    sql`update activities.activity set lead_person_id = null where lead_person_id = any(${uuids(records)})`,
  )
}

/** Two merged records at one activity count once: the row that counts stays, the other says nothing more. */
const dropTwins = (tx: Database, records: readonly string[]) =>
  tx.execute(sql`
    with ranked as (
      select n.id, row_number() over (partition by c.identity_id, n.activity_id
        order by n.status = 'present' desc, n.arrival) as rank
      from activities.attendance n join directory.person_card c on c.id = n.person_id where n.person_id = any(${uuids(records)}))
    delete from activities.attendance n using ranked r where r.id = n.id and r.rank > 1`)

interface Block {
  id: string
  shell: string
}

/**
 * Each year's presences of somebody hang on a shell of their own, so that nobody's path from year to year can be read; years that
 * one suite of activities spans stay together, or who followed the whole of a cycle would no longer be counted so.
 */
async function detach(tx: Database, ctx: AppContext, records: readonly string[]) {
  const { rows } = await tx.execute<{ id: string; identityId: string; block: number }>(sql`
    with mine as (
      select n.id, c.identity_id, a.series_id,
        extract(year from coalesce(a.starts_at, n.registered_at) at time zone 'Europe/Paris')::int as year
      from activities.attendance n join activities.activity a on a.id = n.activity_id
      join directory.person_card c on c.id = n.person_id where n.person_id = any(${uuids(records)})
    ), spans as (
      select identity_id, min(year) as first, max(year) as last from mine where series_id is not null
      group by identity_id, series_id having min(year) < max(year)
    ), starts as (
      select distinct m.identity_id, m.year from mine m where not exists (
        select from spans s where s.identity_id = m.identity_id and m.year > s.first and m.year <= s.last)
    )
    select m.id, m.identity_id as "identityId",
      (select max(s.year) from starts s where s.identity_id = m.identity_id and s.year <= m.year) as block
    from mine m`)
  if (rows.length === 0) return
  const shells = new Map<string, string>()
  const blocks = rows.map(({ id, identityId, block }): Block => {
    const key = `${identityId} ${block}`
    if (!shells.has(key)) shells.set(key, crypto.randomUUID())
    return { id, shell: shells.get(key)! }
  })
  await makeShells(tx, ctx, [...shells.values()])
  await rewrite(tx, blocks)
}

/** A new id too: the one that links, mails and backups know leads nowhere any more. */
const rewrite = (tx: Database, blocks: readonly Block[]) =>
  tx.execute(sql`
    with given as materialized (select * from json_to_recordset(${JSON.stringify(blocks)}::json) as b(id uuid, shell uuid)),
    mine as materialized (
      select n.id, g.shell, a.starts_at, n.organisation_id, n.profile_id, n.departement_id,
        extract(year from a.starts_at at time zone 'Europe/Paris')::int as year
      from given g join activities.attendance n using (id) join activities.activity a on a.id = n.activity_id
    ), told as (
      select distinct organisation_id, profile_id, departement_id, year from mine where organisation_id is not null
    ), many as materialized (
      select t.* from told t where (
        select count(distinct c.identity_id) from activities.attendance o join activities.activity a on a.id = o.activity_id
        join directory.person_card c on c.id = o.person_id
        where o.organisation_id = t.organisation_id and o.status = 'present'
          and o.profile_id is not distinct from t.profile_id and o.departement_id is not distinct from t.departement_id
          and extract(year from a.starts_at at time zone 'Europe/Paris')::int = t.year) >= ${FEW}
    )
    update activities.attendance n set id = gen_random_uuid(), person_id = m.shell, function = null, organisation_name = null,
      organisation_id = case when exists (select from many k where k.organisation_id = m.organisation_id and k.year = m.year
        and k.profile_id is not distinct from m.profile_id and k.departement_id is not distinct from m.departement_id)
        then m.organisation_id end,
      accessibility_needs = null, answers = '{}', registered_at = coalesce(m.starts_at, to_timestamp(0)),
      status_at = coalesce(m.starts_at, to_timestamp(0)), link_version = 1, reminder_sent_at = null, link_sent_at = null,
      follow_up_refused_at = null, form_id = null, told_sequence = 0
    from mine m where n.id = m.id`)
