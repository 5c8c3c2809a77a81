import { sql } from 'drizzle-orm'
import { writeTraced } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { executePrepared } from '#app/platform/prepared.server.ts'
import { lockEmail } from './locks.server.ts'
import { nameLikeness } from './names.ts'
import { firstSituation, noteSituation, type SituationSaid } from './situation.server.ts'

export interface PersonSaid {
  givenName: string
  familyName: string
  email?: string | null
  phone?: string | null
  departementId?: string | null
  /** Where it comes from: « registration », « walk-in », « import »… */
  source: string
  /** What they say of their work on a day: kept as a dated affiliation (see noteSituation). */
  situation?: SituationSaid & { day: string }
}

export interface FoundPerson {
  personId: string
  created: boolean
}

/**
 * The person of this name at this address, made if nobody is. A known person is never changed by what a visitor types: that
 * stands on the attendance row and as a dated situation. A shared address with another name is another person; without an
 * address nothing proves that two people are one, except the same name with the same telephone.
 */
export async function findOrMakePerson(tx: Database, ctx: AppContext, said: PersonSaid): Promise<FoundPerson> {
  // first: whoever else is making that person is waited for
  if (said.email) await lockEmail(tx, said.email.trim())
  const known = await findPerson(tx, said)
  if (!known) return makePerson(tx, ctx, said)
  if (said.situation) await noteSituation(tx, ctx, known, said.situation.day, said.situation)
  return { personId: known, created: false }
}

interface Candidate extends Record<string, unknown> {
  id: string
  given: string
  family: string
  saidGiven: string
  saidFamily: string
}

/** Held until the end: whoever is being erased meanwhile is waited for, and is then nobody one could find. */
async function findPerson(tx: Database, { givenName, familyName, email, phone }: PersonSaid): Promise<string | null> {
  const digits = (phone ?? '').replace(/\D/g, '').slice(-9)
  const same = email
    ? sql`lower(email) = ${email.trim().toLowerCase()}`
    : digits.length === 9
      ? sql`right(regexp_replace(phone, '\\D', '', 'g'), 9) = ${digits}`
      : null
  if (!same) return null
  const { rows } = await executePrepared<Candidate>(
    tx,
    sql`
    select coalesce(merged_into_id, id) as id, platform.normalise(given_name) as given, platform.normalise(family_name) as family,
      platform.normalise(${givenName}) as "saidGiven", platform.normalise(${familyName}) as "saidFamily"
    from directory.person where ${same} order by merged_into_id is not null, created_at, id limit 200 for key share`,
  )
  return closest(rows)
}

/** The likeliest; an initial tells only when it can be one person. */
function closest(candidates: readonly Candidate[]): string | null {
  const likely = candidates
    .map(({ id, given, family, saidGiven, saidFamily }) => ({
      id,
      likeness: nameLikeness({ given, family }, { given: saidGiven, family: saidFamily }),
    }))
    .filter(({ likeness }) => likeness > 0)
  const best = Math.max(0, ...likely.map(({ likeness }) => likeness))
  const ids = [...new Set(likely.filter(({ likeness }) => likeness === best).map(({ id }) => id))]
  return best === 1 && ids.length > 1 ? null : (ids[0] ?? null)
}

async function makePerson(
  tx: Database,
  ctx: AppContext,
  { source, situation, ...said }: PersonSaid,
): Promise<FoundPerson> {
  const now = ctx.now().toISOString()
  const first = situation && firstSituation(ctx, situation.day, situation)
  const [made] = await writeTraced<{ id: string }>(
    tx,
    ctx,
    sql`
    insert into directory.person (given_name, family_name, email, phone, departement_id, created_at, updated_at)
    values (${said.givenName.trim()}, ${said.familyName.trim()}, ${said.email?.trim().toLowerCase() || null},
      ${said.phone?.trim() || null}, ${said.departementId || null}, ${now}::timestamptz, ${now}::timestamptz) returning id`,
    { action: 'directory.person-added', entity: 'person', fields: { source: [null, source] } },
    first ?? undefined,
  )
  return { personId: made!.id, created: true }
}
