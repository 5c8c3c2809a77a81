import { sql } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'
import { vintages } from '../schema.server.ts'
import { allAtOnce } from './first-load.server.ts'
import type { IncomingBatch, IncomingVintage } from './incoming.ts'

/**
 * Brings the tables to what a vintage says: what is new is added, what moved closes its link the day before and opens
 * another, what is not named any more ends; nothing is deleted. The caller holds the transaction and the lock.
 */
export async function storeVintage(
  tx: Database,
  now: Date,
  vintage: IncomingVintage,
  batches: AsyncIterable<IncomingBatch> | Iterable<IncomingBatch>,
): Promise<{ territories: number; links: number }> {
  const { id, source, attribution, year } = vintage
  await openStage(tx)
  for await (const batch of batches) await stage(tx, batch)
  await completeStage(tx)
  await dateNewcomers(tx, vintage)
  await tx.insert(vintages).values({ id, source, attribution, year, loadedAt: now })
  await keepFormerNames(tx)
  await allAtOnce(tx, async () => {
    await writeTerritories(tx, vintage)
    if (!vintage.partial) await endWhatIsGone(tx, vintage)
    await openLinks(tx, vintage)
  })
  return closeStage(tx)
}

async function openStage(tx: Database): Promise<void> {
  await tx.execute(sql`drop table if exists incoming_territory, incoming_link`)
  await tx.execute(sql`create temp table incoming_territory (id text primary key, kind text, code text, name text, detail text,
    departement_code text, population int, valid_from date, valid_to date) on commit drop`)
  await tx.execute(sql`create temp table incoming_link (child_id text, parent_id text, valid_from date, valid_to date)
    on commit drop`)
}

async function stage(tx: Database, { territories, links }: IncomingBatch): Promise<void> {
  await tx.execute(sql`insert into incoming_territory
    select id, kind, code, name, detail, "departementCode", population, "validFrom", "validTo"
    from json_to_recordset(${JSON.stringify(territories)}::json) as t(id text, kind text, code text, name text, detail text,
      "departementCode" text, population int, "validFrom" date, "validTo" date)`)
  await tx.execute(sql`insert into incoming_link
    select "childId", "parentId", "validFrom", "validTo"
    from json_to_recordset(${JSON.stringify(links)}::json)
      as l("childId" text, "parentId" text, "validFrom" date, "validTo" date)`)
}

/** What the source does not say but follows from it: the départements of an EPCI, populations as sums of communes. */
async function completeStage(tx: Database): Promise<void> {
  await tx.execute(sql`analyze incoming_territory, incoming_link`)
  await tx.execute(sql`create temp table incoming_share on commit drop as
    select l.parent_id as epci_id, c.departement_code, sum(c.population) as population, count(*) as communes
    from incoming_link l
    join incoming_territory c on c.id = l.child_id and c.kind = 'commune'
    join incoming_territory p on p.id = l.parent_id and p.kind = 'epci'
    group by 1, 2`)
  await tx.execute(sql`insert into incoming_link
    select epci_id, 'dep-' || departement_code, null, null from incoming_share`)
  await tx.execute(sql`update incoming_territory t set departement_code = s.departement_code, population = s.total
    from (select distinct on (epci_id) epci_id, departement_code, sum(population) over (partition by epci_id) as total
      from incoming_share order by epci_id, population desc nulls last, communes desc, departement_code) s
    where t.id = s.epci_id`)
  await tx.execute(sql`update incoming_territory t set population = s.population
    from (select departement_code, sum(population) as population from incoming_territory where kind = 'commune' group by 1) s
    where t.kind = 'departement' and t.code = s.departement_code`)
  await tx.execute(sql`update incoming_territory t set population = s.population
    from (select l.parent_id, sum(d.population) as population from incoming_link l
      join incoming_territory d on d.id = l.child_id and d.kind = 'departement' group by 1) s
    where t.kind = 'region' and t.id = s.parent_id`)
}

/** What an earlier vintage of the whole country did not have begins with this one; of the first vintage, nobody knows. */
const dateNewcomers = (tx: Database, { source, year }: IncomingVintage) =>
  tx.execute(sql`update incoming_territory i set valid_from = ${firstDayOf(year)}
    where i.valid_from is null
      and exists (select from territory.vintage v where v.source = ${source} and v.year < ${year} and v.id not like '%/%')
      and not exists (select from territory.territory t where t.id = i.id)`)

/** A change of accents or capitals is not another name. */
const keepFormerNames = (tx: Database) =>
  tx.execute(sql`insert into territory.former_name (territory_id, name, year)
    select t.id, t.name, v.year from territory.territory t
    join incoming_territory i on i.id = t.id
    join territory.vintage v on v.id = t.vintage_id
    where platform.normalise(t.name) <> platform.normalise(i.name)
    on conflict (territory_id, name) do update set year = greatest(former_name.year, excluded.year)`)

const writeTerritories = (tx: Database, { id }: IncomingVintage) =>
  tx.execute(sql`insert into territory.territory
      (id, kind, code, name, detail, departement_code, population, valid_from, valid_to, vintage_id)
    select id, kind, code, name, detail, departement_code, population, valid_from, valid_to, ${id} from incoming_territory
    on conflict (id) do update set name = excluded.name, detail = excluded.detail,
      departement_code = excluded.departement_code, population = excluded.population,
      valid_from = coalesce(excluded.valid_from, territory.valid_from), valid_to = excluded.valid_to, vintage_id = excluded.vintage_id`)

/** What the same source said and says no more: last day, the one before the year of the vintage. */
async function endWhatIsGone(tx: Database, { id, source, year }: IncomingVintage): Promise<void> {
  const { rows } = await tx.execute(
    sql`select from territory.vintage where source = ${source} and id <> ${id} and year < ${year} limit 1`,
  )
  if (rows.length === 0) return
  await tx.execute(sql`update territory.territory t set valid_to = ${lastDayBefore(year)}
    from territory.vintage v
    where v.id = t.vintage_id and v.source = ${source} and t.valid_to is null
      and not exists (select from incoming_territory i where i.id = t.id)`)
  await tx.execute(sql`update territory.link l set valid_to = ${lastDayBefore(year)}
    from territory.vintage v
    where v.id = l.vintage_id and v.source = ${source} and l.valid_to is null
      and not exists (select from incoming_link i where i.child_id = l.child_id and i.parent_id = l.parent_id)`)
}

/** An open link that the new vintage repeats goes on: it keeps its first day and the vintage that first said it. */
const openLinks = (tx: Database, { id, year }: IncomingVintage) =>
  tx.execute(sql`insert into territory.link (child_id, parent_id, valid_from, valid_to, vintage_id)
    select i.child_id, i.parent_id, coalesce(i.valid_from, ${firstDayOf(year)}), i.valid_to, ${id} from incoming_link i
    where not exists (select from territory.link l
      where l.child_id = i.child_id and l.parent_id = i.parent_id and l.valid_to is null)
    on conflict (child_id, parent_id, valid_from) do nothing`)

async function closeStage(tx: Database) {
  const { rows } = await tx.execute<{ territories: number; links: number }>(sql`select
    (select count(*)::int from incoming_territory) as territories, (select count(*)::int from incoming_link) as links`)
  await tx.execute(sql`drop table incoming_territory, incoming_link, incoming_share`)
  return rows[0]!
}

const firstDayOf = (year: number) => sql`make_date(${year}::int, 1, 1)`
const lastDayBefore = (year: number) => sql`(make_date(${year}::int, 1, 1) - 1)`
