import { type SQL, sql } from 'drizzle-orm'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { organisationSource } from './organisation-blocks.server.ts'
import { personSource } from './person-blocks.server.ts'
import { type Entity, LISTED_FROM, type Scored } from './rules.ts'

/** How one kind of record is compared. */
export interface Source<Traits> {
  /** The temporary table `dup_record` (n, id, and every trait). */
  records: SQL
  /** Rows (n, key, most) into `dup_key`: records that share a key are compared, unless more than `most` share it. */
  keys: SQL
  /** Pairs (one, other) that are worth comparing though they share no key. */
  more?: SQL
  /** Columns of `dup_record` that the scores look at. */
  traits: readonly (keyof Traits & string)[]
  score: (one: Traits, other: Traits) => Scored
}

export interface SearchOutcome {
  /** Records read, pairs compared, pairs kept. */
  records: number
  compared: number
  found: number
}

/** Pairs looked at in one go: what bounds the memory. */
const BATCH = 2000

type Step = (step: string, percent: number) => Promise<void>

/**
 * Makes the list of look-alikes anew. Records are only compared within blocks (same address, same telephone, same words…), which
 * the database makes by whole sets in temporary tables; the pairs come by batches, are scored by the rules, and only those that
 * somebody should see are kept. One transaction: the former list stands until the new one is whole.
 */
export function findPairs(ctx: AppContext, entity: Entity, say: Step = async () => {}): Promise<SearchOutcome> {
  return ctx.db.transaction(async (tx) => {
    // two searches at once would only make the same list twice
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`directory.duplicates:${entity}`}, 0))`)
    await tx.execute(sql`set local work_mem = '32MB'`)
    const outcome =
      entity === 'person'
        ? await compare(tx, entity, personSource, say)
        : await compare(tx, entity, organisationSource, say)
    await tx.execute(sql`drop table dup_record, dup_key, dup_pair`)
    return outcome
  })
}

async function compare<Traits>(tx: Database, entity: Entity, source: Source<Traits>, say: Step) {
  await say('lecture des fiches', 5)
  await tx.execute(source.records)
  await tx.execute(sql`alter table dup_record add primary key (n)`)
  await say('rapprochement', 25)
  await tx.execute(sql`create temp table dup_key (n int, key bigint, most int) on commit drop`)
  await tx.execute(source.keys)
  await tx.execute(sql`create temp table dup_pair on commit drop as ${pairs(source)}`)
  await tx.execute(sql`analyze dup_record, dup_pair`)
  const { rows } = await tx.execute<{ records: number; compared: number }>(sql`
    select (select count(*)::int from dup_record) as records, (select count(*)::int from dup_pair) as compared`)
  await tx.execute(sql`delete from directory.duplicate_pair where entity = ${entity}`)
  const found = await scoreAll(tx, entity, source, rows[0]!.compared, say)
  return { ...rows[0]!, found }
}

/** A key that too many share says nothing; those of its bearers who are alike share another one. */
const pairs = ({ more }: { more?: SQL }) => sql`
  with sized as materialized (
    select n, key from (select n, key, most, count(*) over (partition by key) as size from dup_key) k where size between 2 and most
  )
  select a.n as one, b.n as other from sized a join sized b on b.key = a.key and b.n > a.n
  union select * from (${more ?? sql`select 0, 0 where false`}) m (one, other)`

type Row = { oneId: string; otherId: string } & Record<string, unknown>

async function scoreAll<Traits>(tx: Database, entity: Entity, source: Source<Traits>, total: number, say: Step) {
  const of = (side: 'one' | 'other') =>
    source.traits.map(
      (trait) => sql`, ${sql.identifier(side)}.${sql.identifier(trait)} as ${sql.identifier(`${side}.${trait}`)}`,
    )
  await tx.execute(sql`
    declare dup_cursor no scroll cursor for
    select one.id as "oneId", other.id as "otherId"${sql.join([...of('one'), ...of('other')])}
    from dup_pair p join dup_record one on one.n = p.one join dup_record other on other.n = p.other`)
  let [found, done] = [0, 0]
  for (;;) {
    const { rows } = await tx.execute<Row>(sql.raw(`fetch ${BATCH} from dup_cursor`))
    if (rows.length === 0) break
    found += await keepAlike(tx, entity, rows, source)
    done += rows.length
    await say('comparaison', 40 + Math.floor((done / total) * 60))
  }
  await tx.execute(sql`close dup_cursor`)
  return found
}

async function keepAlike<Traits>(
  tx: Database,
  entity: Entity,
  rows: readonly Row[],
  source: Source<Traits>,
): Promise<number> {
  const traitsOf = (row: Row, side: 'one' | 'other') =>
    Object.fromEntries(source.traits.map((trait) => [trait, row[`${side}.${trait}`]])) as Traits
  const kept = rows
    .map((row) => ({
      ids: [row.oneId, row.otherId].sort(),
      ...source.score(traitsOf(row, 'one'), traitsOf(row, 'other')),
    }))
    .filter((pair) => pair.score >= LISTED_FROM)
    .map(({ ids: [one, other], score: sum, reasons }) => ({ one, other, score: sum, reasons }))
  if (kept.length === 0) return 0
  await tx.execute(sql`
    insert into directory.duplicate_pair (entity, one_id, other_id, score, reasons)
    select ${entity}, p.one, p.other, p.score, p.reasons
    from jsonb_to_recordset(${JSON.stringify(kept)}::jsonb) as p (one uuid, other uuid, score smallint, reasons text[])`)
  return kept.length
}
