import { sql } from 'drizzle-orm'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import type { DataSection } from '#app/platform/personal-data.server.ts'
import { formatDate } from '#app/ui/french.ts'
import { formatDuration } from '../cycles/duration.ts'

const uuids = (ids: readonly string[]) => sql`${sql.param([...ids])}::uuid[]`

/** A paper is somebody's: erased, its code opens nothing any more. Before the presences, whose ids it holds. */
export const forgetCertificates = (tx: Database, records: readonly string[]) =>
  tx.execute(sql`
    delete from activities.certificate c where c.person_id = any(${uuids(records)})
      or c.attendance_ids && array(select id from activities.attendance where person_id = any(${uuids(records)}))`)

export async function collectCertificates(ctx: AppContext, records: readonly string[]): Promise<DataSection> {
  const { rows } = await ctx.db.execute<{
    subject: string
    holder: string
    code: string
    minutes: number
    issued: string
    revoked: string | null
  }>(sql`
    select facts ->> 'subject' as subject, holder, code, minutes, issued_at as issued, revoked_at as revoked
    from activities.certificate where person_id = any(${uuids(records)}) order by issued_at desc, id`)
  return {
    key: 'certificates',
    title: 'Attestations de présence',
    entries: rows.map(({ subject, holder, code, minutes, issued, revoked }) => ({
      title: subject,
      facts: [
        ['Au nom de', holder],
        ['Code', code],
        ['Durée', formatDuration(minutes)],
        ['Établie le', formatDate(new Date(issued))],
        ['Retirée le', revoked ? formatDate(new Date(revoked)) : null],
      ],
    })),
  }
}
