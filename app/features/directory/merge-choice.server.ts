import { sql } from 'drizzle-orm'
import { type AppContext, can } from '#app/platform/context.ts'
import { likePerson } from './duplicates.server.ts'
import { loadPerson } from './person-record.server.ts'

/** The other record, proposed or chosen, beside this one. */
export async function mergeChoice(ctx: AppContext, id: string, otherId: string | null) {
  if (!can(ctx.actor, 'directory:merge')) return null
  const [one, other] = await Promise.all([loadPerson(ctx, id), otherId ? loadPerson(ctx, otherId) : null])
  if (!one) return null
  const twins = await likePerson(ctx.db, one.person)
  const alone = twins.filter((twin) => twin.id !== id)
  return { one: await seen(ctx, one), other: other ? await seen(ctx, other) : null, twins: alone }
}

type Loaded = NonNullable<Awaited<ReturnType<typeof loadPerson>>>

/** What helps to tell which of two records to keep. */
async function seen(ctx: AppContext, { person, affiliations, consents }: Loaded) {
  const now = affiliations.filter(({ when }) => when !== 'past')
  const { rows } = await ctx.db.execute<{ n: number }>(
    sql`select count(*)::int as n from platform.change where entity = 'person' and entity_id = ${person.id}`,
  )
  return {
    person,
    situations: now.map(
      ({ function: work, organisation, profile }) => [work, organisation].filter(Boolean).join(', ') || profile || '',
    ),
    consents: consents.length,
    changes: rows[0]!.n,
  }
}
