import { sql } from 'drizzle-orm'
import type { AppContext } from '#app/platform/context.ts'
import { type DataSection, ERASED, type PersonalData, type Subject } from '#app/platform/personal-data.server.ts'
import { formatDate } from '#app/ui/french.ts'
import { type RequestKind, requestKindLabels, type RequestState, requestStateLabels } from '../labels.ts'

const uuids = (ids: readonly string[]) => sql`${sql.param([...ids])}::uuid[]`
const names = (list: readonly string[]) => sql`${sql.param([...list])}::text[]`

/** What following up people's rights keeps of them. */
export const ownRecords: PersonalData = {
  key: 'privacy',
  tables: {
    'privacy.keep': 'deleted',
    'privacy.request': { erased: ['person_id', 'message', 'answer', 'closed_by_label'], kept: 'the-rest' },
    'privacy.erasure': { erased: ['actor_label'], kept: 'the-rest' },
  },
  traces: sql`select 'request' as entity, id::text as entity_id, person_id from privacy.request where person_id is not null`,
  // asking about one's data is an act of one's own
  lastActions: sql`select person_id, 'link' as kind, max(received_at) as at from privacy.request
    where source = 'own' and person_id is not null group by person_id`,
  collect: async (ctx, subject) => [await requests(ctx, subject), await kept(ctx, subject)],
  erase: async (tx, _ctx, { records, signatures }) => {
    await tx.execute(sql`delete from privacy.keep where person_id = any(${uuids(records)})`)
    await tx.execute(
      sql`update privacy.request set person_id = null, message = null, answer = null where person_id = any(${uuids(records)})`,
    )
    if (signatures.length === 0) return
    await tx.execute(
      sql`update privacy.request set closed_by_label = ${ERASED} where closed_by_label = any(${names(signatures)})`,
    )
    await tx.execute(
      sql`update privacy.erasure set actor_label = ${ERASED} where actor_label = any(${names(signatures)})`,
    )
    await tx.execute(sql`update privacy.keep set actor_label = ${ERASED} where actor_label = any(${names(signatures)})`)
  },
}

async function requests(ctx: AppContext, { records }: Subject): Promise<DataSection> {
  const { rows } = await ctx.db.execute<{
    kind: RequestKind
    state: RequestState
    message: string | null
    answer: string | null
    at: string
  }>(sql`select kind, state, message, answer, received_at as at from privacy.request
    where person_id = any(${uuids(records)}) order by received_at desc, id`)
  const entries = rows.map(({ kind, state, message, answer, at }) => ({
    title: requestKindLabels[kind],
    facts: [
      ['Reçue le', formatDate(new Date(at))],
      ['Message', message],
      ['État', requestStateLabels[state].toLowerCase()],
      ['Réponse', answer],
    ] as [string, string | null][],
  }))
  return { key: 'requests', title: 'Demandes sur les données', entries }
}

async function kept(ctx: AppContext, { records }: Subject): Promise<DataSection> {
  const { rows } = await ctx.db.execute<{ reason: string; until: string }>(
    sql`select reason, until from privacy.keep where person_id = any(${uuids(records)})`,
  )
  const entries = rows.map(({ reason, until }) => ({
    facts: [
      ['Jusqu’au', formatDate(until)],
      ['Raison', reason],
    ] as [string, string | null][],
  }))
  return { key: 'keep', title: 'Fiche gardée plus longtemps', entries }
}
