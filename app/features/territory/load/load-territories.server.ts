import { eq, inArray, sql } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'
import { territories, vintages } from '../schema.server.ts'
import { type CityPolicy, type Qpv, readCityPolicy } from './city-policy.server.ts'
import { type CityPolicyRows, contractRows, epciId, qpvRows } from './city-policy-rows.ts'
import { cogVintage, readCog, vintageId } from './cog.server.ts'
import type { IncomingBatch, IncomingVintage } from './incoming.ts'
import { storeVintage } from './store-vintage.server.ts'

/** Two processes that start together load one after the other; the second finds everything there. */
const LOCK = 728_401_563

export interface LoadOptions {
  /** Codes of the only départements to load: for quick tests. A whole load may follow. */
  only?: readonly string[]
  /** Told what was loaded, in French. */
  say?: (sentence: string) => void
}

export interface LoadedVintage {
  id: string
  territories: number
  links: number
}

/**
 * Loads the territories that come with this version: régions, départements, EPCI and communes of the installed package,
 * quartiers prioritaires and contrats de ville of the files beside. Does nothing where a vintage is already there.
 */
export async function loadTerritories(
  db: Database,
  now: Date,
  { only, say = () => {} }: LoadOptions = {},
): Promise<LoadedVintage[]> {
  const cog = cogVintage(only)
  const wanted = [cog.id, vintageId('cv-2015', only), vintageId('qpv-2015', only)]
  if (await allThere(db, wanted)) return []
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`)
    const loaded: LoadedVintage[] = []
    const load = async (vintage: IncomingVintage, batches: AsyncIterable<IncomingBatch> | Iterable<IncomingBatch>) => {
      const done = await loadVintage(tx, now, vintage, batches)
      if (!done) return
      loaded.push(done)
      say(
        `${vintage.source} ${vintage.year}\u00a0: ${count(done.territories)} territoires, ${count(done.links)} liens.`,
      )
    }
    await load(cog, readCog(only))
    const policy = readCityPolicy(only)
    await load(...withParts(contractRows(policy, await knownEpci(tx, policy)), only))
    await load(...withParts(qpvRows(policy, await communesOfQpv(tx, policy)), only))
    if (loaded.length > 0) await rememberHistory(tx, policy)
    return loaded
  })
}

const count = (n: number) => n.toLocaleString('fr-FR')

/** One vintage; null when it, or a later one of the same source, is already there. */
export async function loadVintage(
  tx: Database,
  now: Date,
  vintage: IncomingVintage,
  batches: AsyncIterable<IncomingBatch> | Iterable<IncomingBatch>,
): Promise<LoadedVintage | null> {
  const there = await tx.select().from(vintages).where(eq(vintages.source, vintage.source))
  const whole = ({ id }: { id: string }) => !id.includes('/')
  if (there.some(({ id, year }) => id === vintage.id || year > vintage.year)) return null
  if (there.some((other) => whole(other) && other.year === vintage.year)) return null
  return { id: vintage.id, ...(await storeVintage(tx, now, vintage, batches)) }
}

async function allThere(db: Database, ids: string[]): Promise<boolean> {
  const rows = await db.select({ id: vintages.id }).from(vintages).where(inArray(vintages.id, ids))
  return rows.length === ids.length
}

const withParts = ({ vintage, rows }: CityPolicyRows, only?: readonly string[]) =>
  [{ ...vintage, id: vintageId(vintage.id, only), partial: only !== undefined }, [rows]] as const

async function knownEpci(tx: Database, { contracts }: CityPolicy): Promise<ReadonlySet<string>> {
  const ids = contracts.map(({ siren_epci_2015 }) => epciId(siren_epci_2015))
  const rows = await tx
    .select({ id: territories.id })
    .from(territories)
    .where(sql`${inArray(territories.id, ids)} and ${territories.validTo} is null`)
  return new Set(rows.map(({ id }) => id))
}

/** A QPV names one commune by its code; the others, by their name in the département. */
async function communesOfQpv(tx: Database, { qpvs }: CityPolicy): Promise<(qpv: Qpv) => string[]> {
  const { rows } = await tx.execute<{ id: string; departement: string; name: string }>(sql`
    select id, departement_code as departement, name from territory.territory
    where kind = 'commune' and departement_code in (select json_array_elements_text(${JSON.stringify([
      ...new Set(qpvs.map(({ code_departement }) => code_departement)),
    ])}::json))`)
  const byName = new Map(rows.map(({ id, departement, name }) => [`${departement} ${name}`, id]))
  return ({ code_commune, commune, code_departement }) => {
    const first = `com-${code_commune}`
    const named = commune.length > 1 ? commune.map((name) => byName.get(`${code_departement} ${name}`)) : []
    return [...new Set([first, ...named.filter((id) => id !== undefined)])]
  }
}

/** Which EPCI took over from which, and the names that the dated files gave to those that still stand. */
async function rememberHistory(tx: Database, policy: CityPolicy): Promise<void> {
  const took = policy.successions.map((row) => ({
    formerId: epciId(row.siren_ancien),
    nextId: epciId(row.siren_nouveau),
    day: row.jour,
  }))
  await tx.execute(sql`insert into territory.succession (former_id, next_id, day)
    select s."formerId", s."nextId", s.day
    from json_to_recordset(${JSON.stringify(took)}::json) as s("formerId" text, "nextId" text, day date)
    join territory.territory f on f.id = s."formerId" join territory.territory n on n.id = s."nextId"
    on conflict do nothing`)
  const names = [
    ...policy.contracts.map((row) => ({ id: epciId(row.siren_epci_2015), name: row.libelle, year: 2015 })),
    ...policy.qpvs.map((row) => ({ id: epciId(row.siren_epci_2022), name: row.nom_epci_2022, year: 2022 })),
  ]
  await tx.execute(sql`insert into territory.former_name (territory_id, name, year)
    select t.id, n.name, max(n.year)
    from json_to_recordset(${JSON.stringify(names)}::json) as n(id text, name text, year int)
    join territory.territory t on t.id = n.id
    where platform.normalise(t.name) <> platform.normalise(n.name)
    group by t.id, n.name
    on conflict (territory_id, name) do update set year = greatest(former_name.year, excluded.year)`)
}
