import { sql } from 'drizzle-orm'
import type { AppContext } from '#app/platform/context.ts'
import { readCentre } from '#app/platform/settings.server.ts'

/** For a <Select>: « 34 – Hérault », those of the centre first. Public: registration forms offer them too. */
export async function departementOptions(ctx: Pick<AppContext, 'db'>): Promise<{ value: string; label: string }[]> {
  const [{ departements }, { rows }] = await Promise.all([
    readCentre(ctx.db),
    ctx.db.execute<{ id: string; code: string; name: string }>(sql`
      select id, code, name from territory.territory where kind = 'departement' and valid_to is null order by code`),
  ])
  const near = rows.filter(({ code }) => departements.includes(code))
  const far = rows.filter(({ code }) => !departements.includes(code))
  return [...near, ...far].map(({ id, code, name }) => ({ value: id, label: `${code} – ${name}` }))
}
