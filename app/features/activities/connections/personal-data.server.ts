import { sql } from 'drizzle-orm'
import type { PersonalData } from '#app/platform/personal-data.server.ts'
import { formatDate } from '#app/ui/french.ts'

/** What connection lists hold of a person: under which names they connected, for thirty days; when, as long as the presence. */
export const connectionsPersonalData: PersonalData = {
  key: 'connections',
  tables: {
    'activities.connection_participant': 'deleted',
    'activities.connection_import': { erased: ['created_by'], kept: 'the-rest' },
  },
  collect: async (ctx, { records }) => {
    const { rows } = await ctx.db.execute<{ title: string; name: string | null; email: string | null; at: string }>(sql`
      select a.title, c.name, c.email, coalesce(to_char(a.starts_at at time zone 'Europe/Paris', 'YYYY-MM-DD'), '') as at
      from activities.connection_participant c join activities.connection_import i on i.id = c.import_id
      join activities.activity a on a.id = i.activity_id
      where c.person_id = any(${sql.param([...records])}::uuid[]) order by a.starts_at, c.id`)
    const entries = rows.map(({ title, name, email, at }) => ({
      title,
      facts: [
        ['Date', at ? formatDate(at) : null],
        ['Nom affiché', name],
        ['Adresse', email],
      ] as [string, string | null][],
    }))
    return rows.length === 0 ? [] : [{ key: 'connections', title: 'Connexions à des visioconférences', entries }]
  },
  erase: async (tx, _ctx, { records, signatures }) => {
    await tx.execute(
      sql`delete from activities.connection_participant where person_id = any(${sql.param([...records])}::uuid[])`,
    )
    if (signatures.length === 0) return
    await tx.execute(sql`
      update activities.connection_import set created_by = 'Personne effacée' where created_by = any(${sql.param([...signatures])}::text[])`)
  },
}
