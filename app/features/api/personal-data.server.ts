import { sql } from 'drizzle-orm'
import { ERASED, type PersonalData } from '#app/platform/personal-data.server.ts'

const texts = (list: readonly string[]) => sql`${sql.param([...list])}::text[]`

/** Who made a token, and answers kept a while for programs that ask twice: they may repeat what was sent of somebody. */
export const apiPersonalData: PersonalData = {
  key: 'api',
  tables: {
    'api.token': { erased: ['created_by'], kept: 'the-rest' },
    'api.idempotency': 'deleted',
  },
  erase: async (tx, _ctx, { records, words, signatures }) => {
    await tx.execute(sql`
      delete from api.idempotency i where exists (
        select from unnest(${texts([...records, ...words])}) as w (word) where strpos(lower(i.body::text), w.word) > 0)`)
    if (signatures.length > 0)
      await tx.execute(sql`update api.token set created_by = ${ERASED} where created_by = any(${texts(signatures)})`)
  },
}
