import { sql } from 'drizzle-orm'
import { organisationRecords } from '#app/features/directory/index.server.ts'
import { can } from '#app/platform/context.ts'
import type { PanelItem, PanelSource } from '#app/platform/panels.server.ts'
import { instantOrNull } from '../instant.server.ts'
import { type ActivityRole, type AttendanceStatus, attendanceStatusLabels, roleLabels } from '../labels.ts'

const SHOWN = 50

interface Participation extends Record<string, unknown> {
  id: string
  activityId: string
  title: string
  kind: string
  role: ActivityRole
  status: AttendanceStatus
  startsAt: string | null
  name: string
  total: number
}

const hrefOf = ({ activityId, name }: Participation) =>
  `/bureau/activites/${activityId}/presence?q=${encodeURIComponent(name)}`

/** Of all years, whichever of their merged records they registered with. */
const ofPerson: PanelSource = {
  entity: 'person',
  load: async (ctx, personId) => {
    if (!can(ctx.actor, 'attendance:read')) return null
    const { rows } = await ctx.db.execute<Participation>(sql`
      select n.id, a.id as "activityId", a.title, k.label as kind, a.role, n.status, a.starts_at as "startsAt",
        p.full_name as name, count(*) over ()::int as total
      from activities.attendance n
      join directory.person_card p on p.id = n.person_id
      join activities.activity a on a.id = n.activity_id
      join platform.term k on k.id = a.kind_id
      where n.person_id in (select id from directory.person_card
        where identity_id = (select identity_id from directory.person_card where id = ${personId}))
      order by a.starts_at desc nulls first, n.id limit ${SHOWN}`)
    return { key: 'participations', title: 'Participations', total: rows[0]?.total ?? 0, items: rows.map(itemOfPerson) }
  },
}

const itemOfPerson = (row: Participation): PanelItem => ({
  id: row.id,
  label: row.title,
  detail: row.role === 'organisateur' ? row.kind : `${row.kind}, centre ${roleLabels[row.role].toLowerCase()}`,
  day: instantOrNull(row.startsAt),
  state: attendanceStatusLabels[row.status],
  href: hrefOf(row),
})

/** Its people present, as of the day of each activity: somebody who has left since still counts for that day. */
const ofOrganisation: PanelSource = {
  entity: 'organisation',
  load: async (ctx, organisationId) => {
    if (!can(ctx.actor, 'attendance:read')) return null
    const { rows } = await ctx.db.execute<Participation>(sql`
      select n.id, a.id as "activityId", a.title, k.label as kind, a.role, n.status, a.starts_at as "startsAt",
        p.full_name as name, count(*) over ()::int as total
      from activities.attendance n
      join directory.person_card p on p.id = n.person_id
      join activities.activity a on a.id = n.activity_id
      join platform.term k on k.id = a.kind_id
      where n.organisation_id = any(${organisationRecords(organisationId)}) and n.status = 'present'
      order by a.starts_at desc nulls first, p.full_name, n.id limit ${SHOWN}`)
    return {
      key: 'participations',
      title: 'Présences de ses membres',
      total: rows[0]?.total ?? 0,
      items: rows.map((row) => ({
        id: row.id,
        label: row.name,
        detail: row.title,
        day: instantOrNull(row.startsAt),
        href: hrefOf(row),
      })),
    }
  },
}

export const attendancePanels: PanelSource[] = [ofPerson, ofOrganisation]
