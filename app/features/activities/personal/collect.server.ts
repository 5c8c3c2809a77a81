import { sql } from 'drizzle-orm'
import type { AppContext } from '#app/platform/context.ts'
import type { DataEntry, DataSection, Subject } from '#app/platform/personal-data.server.ts'
import { formatDate } from '#app/ui/french.ts'
import {
  type AttendanceMode,
  attendanceModeLabels,
  type AttendanceSource,
  attendanceSourceLabels,
  type AttendanceStatus,
  attendanceStatusLabels,
} from '../labels.ts'

const uuids = (ids: readonly string[]) => sql`${sql.param([...ids])}::uuid[]`

/** Registrations and presences with what was answered, interventions, activities in charge. */
export async function collectActivities(ctx: AppContext, subject: Subject): Promise<DataSection[]> {
  return [
    await participations(ctx, subject),
    await interventions(ctx, subject),
    await papers(ctx, subject),
    await inCharge(ctx, subject),
  ]
}

interface Row extends Record<string, unknown> {
  title: string
  startsAt: string | null
  status: AttendanceStatus
  mode: AttendanceMode
  source: AttendanceSource
  function: string | null
  organisation: string | null
  profile: string | null
  departement: string | null
  needs: string | null
  registeredAt: string
  connected: number | null
  answers: Record<string, string | string[]>
  questions: Record<string, string> | null
}

async function participations(ctx: AppContext, { records }: Subject): Promise<DataSection> {
  const { rows } = await ctx.db.execute<Row>(sql`
    select a.title, a.starts_at as "startsAt", n.status, n.mode, n.source, n.function,
      coalesce(o.name, n.organisation_name) as organisation, k.label as profile, t.name as departement,
      n.accessibility_needs as needs, n.registered_at as "registeredAt", n.connected_minutes as connected, n.answers,
      (select json_object_agg(q.id, q.label) from activities.question q where q.activity_id = a.id) as questions
    from activities.attendance n join activities.activity a on a.id = n.activity_id
    left join directory.organisation_card o on o.id = n.organisation_id
    left join platform.term k on k.id = n.profile_id
    left join territory.territory_card t on t.id = n.departement_id
    where n.person_id = any(${uuids(records)}) order by a.starts_at desc nulls first, n.id`)
  return { key: 'participations', title: 'Inscriptions et présences', entries: rows.map(participation) }
}

const participation = (row: Row): DataEntry => ({
  title: row.title,
  facts: [
    ['Date', dayOf(row.startsAt)],
    ['État', attendanceStatusLabels[row.status]],
    ['Participation', attendanceModeLabels[row.mode]],
    ['Relevée par', attendanceSourceLabels[row.source]],
    ['Notée le', dayOf(row.registeredAt)],
    ['Fonction', row.function],
    ['Organisation', row.organisation],
    ['Profil', row.profile],
    ['Département', row.departement],
    ['Durée de connexion', row.connected === null ? null : `${row.connected} min`],
    ['Besoins d’accessibilité', row.needs],
    ...Object.entries(row.answers).map(([id, answer]): [string, string] => [
      row.questions?.[id] ?? 'Réponse à une question retirée',
      [answer].flat().join(', '),
    ]),
  ],
})

const dayOf = (instant: string | null) => (instant ? formatDate(new Date(instant)) : null)

async function interventions(ctx: AppContext, { records }: Subject): Promise<DataSection> {
  const { rows } = await ctx.db.execute<Record<string, string | null>>(sql`
    select a.title, a.starts_at as day, s.name, s.function as work, coalesce(o.name, s.organisation_name) as organisation
    from activities.speaker s join activities.activity a on a.id = s.activity_id
    left join directory.organisation_card o on o.id = s.organisation_id
    where s.person_id = any(${uuids(records)}) order by a.starts_at desc nulls first, s.id`)
  const entries = rows.map((row) => ({
    title: row.title ?? undefined,
    facts: [
      ['Date', dayOf(row.day ?? null)],
      ['Nom au programme', row.name],
      ['Fonction', row.work],
      ['Organisation', row.organisation],
    ] as [string, string | null][],
  }))
  return { key: 'interventions', title: 'Interventions', entries }
}

async function papers(ctx: AppContext, { records }: Subject): Promise<DataSection> {
  const { rows } = await ctx.db.execute<{
    title: string
    holder: string
    code: string
    day: string
    revoked: boolean
  }>(sql`
    select coalesce(a.title, s.title) as title, c.holder, c.code, c.issued_at as day, c.revoked_at is not null as revoked
    from activities.certificate c left join activities.activity a on a.id = c.activity_id
    left join activities.series s on s.id = c.series_id
    where c.person_id = any(${uuids(records)}) order by c.issued_at desc, c.id`)
  const entries = rows.map(({ title, holder, code, day, revoked }) => ({
    title,
    facts: [
      ['Au nom de', holder],
      ['Code', code],
      ['Délivrée le', dayOf(day)],
      ['État', revoked ? 'n’est plus valable' : 'valable'],
    ] as [string, string | null][],
  }))
  return { key: 'papers', title: 'Attestations', entries }
}

async function inCharge(ctx: AppContext, { records }: Subject): Promise<DataSection> {
  const { rows } = await ctx.db.execute<{ title: string; day: string | null }>(sql`
    select title, starts_at as day from activities.activity where lead_person_id = any(${uuids(records)})
    order by starts_at desc nulls first, id`)
  const entries = rows.map(({ title, day }) => ({ title, facts: [['Date', dayOf(day)] as [string, string | null]] }))
  return { key: 'in-charge', title: 'Activités suivies pour le centre', entries }
}
