import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { inSandbox } from '#tests/context.ts'
import { executePrepared } from './prepared.server.ts'

test('une requête préparée répond comme une autre, dans la transaction en cours, et n’est planifiée qu’une fois', () =>
  inSandbox(async ({ db }) => {
    const ask = (n: number) =>
      executePrepared<{ n: number; now: string }>(db, sql`select ${n}::int + 1 as n, now() as now`)
    const answers = [await ask(1), await ask(41)]
    expect(answers.map(({ rows }) => rows[0]!.n)).toEqual([2, 42])
    expect(typeof answers[0]!.rows[0]!.now).toBe('string')
    const { rows } = await db.execute(
      sql`select count(*)::int as kept from pg_prepared_statements where name like 'm\_%'`,
    )
    expect(rows).toEqual([{ kept: 1 }])
    await db.execute(sql`create temporary table seen on commit drop as select 1 as one`)
    expect((await executePrepared(db, sql`select one from seen`)).rows).toEqual([{ one: 1 }])
  }))
