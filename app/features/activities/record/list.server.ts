import { type SQL, sql } from 'drizzle-orm'
import { type AppContext, can } from '#app/platform/context.ts'
import { type ListParamsError, type ListRules, type ListState, checkPage } from '#app/platform/list-params.ts'
import { ok, type Result } from '#app/platform/result.ts'
import { instantOrNull } from '../instant.server.ts'
import type { ActivityRole, ActivityStatus, Mode, Scale } from '../labels.ts'
import { activityRoles, activityStatuses, modes, scales } from '../schema.server.ts'

export interface ActivityLine {
  id: string
  title: string
  kind: string
  status: ActivityStatus
  mode: Mode
  role: ActivityRole
  scale: Scale
  theme: string | null
  departement: string | null
  lead: string | null
  place: string | null
  startsAt: Date | null
  endsAt: Date | null
  halfDays: number
  /** Everybody who holds or held a place. */
  registered: number
  present: number
  unidentified: number
}

interface Choice {
  value: string
  label: string
}

/** What the filters of the list can be set to: what is there, nothing else. */
export interface ListChoices {
  years: Choice[]
  kinds: Choice[]
  themes: Choice[]
  departements: Choice[]
  leads: Choice[]
}

export async function listChoices(ctx: AppContext): Promise<ListChoices> {
  const { rows } = await ctx.db.execute<Choice & { list: keyof ListChoices } & Record<string, unknown>>(sql`
    select 'years' as list, y::text as value, y::text as label, -y::double precision as rank from generate_series(
      (select extract(year from min(starts_at) at time zone 'Europe/Paris')::int from activities.activity),
      (select extract(year from max(starts_at) at time zone 'Europe/Paris')::int from activities.activity)) y
    union all select case vocabulary when 'activite' then 'kinds' else 'themes' end, id, label, position
      from platform.term where vocabulary in ('activite', 'theme')
    union all select 'departements', c.id, c.name, dense_rank() over (order by c.name)
      from territory.territory_card c where c.kind = 'departement'
    union all select 'leads', c.id::text, c.full_name, dense_rank() over (order by c.full_name)
      from directory.person_card c where c.id in (select lead_person_id from activities.activity)
    order by list, rank, label`)
  const of = (list: keyof ListChoices) =>
    rows.filter((row) => row.list === list).map(({ value, label }) => ({ value, label }))
  return {
    years: of('years'),
    kinds: of('kinds'),
    themes: of('themes'),
    departements: of('departements'),
    leads: of('leads'),
  }
}

export const listRules = (choices: ListChoices): ListRules => {
  const values = (list: readonly Choice[]) => list.map(({ value }) => value)
  return {
    sortable: ['date', 'titre'],
    defaultSort: { key: 'date', direction: 'desc' },
    filters: {
      annee: values(choices.years),
      type: values(choices.kinds),
      theme: values(choices.themes),
      format: modes,
      role: activityRoles,
      echelle: scales,
      etat: activityStatuses,
      departement: values(choices.departements),
      responsable: values(choices.leads),
    },
  }
}

export interface ActivityList {
  rows: ActivityLine[]
  total: number
}

/** One page of the list, or all of it for an export; null: not for this actor. */
export async function listActivities(
  ctx: AppContext,
  state: ListState,
  { all = false } = {},
): Promise<Result<ActivityList, ListParamsError> | null> {
  if (!can(ctx.actor, 'activities:read')) return null
  const where = whereOf(state)
  const counted = await ctx.db.execute<{ total: number }>(
    sql`select count(*)::int as total from activities.activity a where ${where}`,
  )
  const total = counted.rows[0]!.total
  const page = checkPage(state, total)
  if (!all && !page.ok) return page
  const cut = all || !page.ok ? sql`limit 20000` : sql`limit ${page.value.limit} offset ${page.value.offset}`
  return ok({ total, rows: await readLines(ctx, where, orderOf(state), cut) })
}

interface RawLine extends Record<string, unknown>, Omit<ActivityLine, 'startsAt' | 'endsAt'> {
  startsAt: string | null
  endsAt: string | null
}

/** People are counted for the lines shown only. */
async function readLines(ctx: AppContext, where: SQL, order: SQL, cut: SQL): Promise<ActivityLine[]> {
  const { rows } = await ctx.db.execute<RawLine>(sql`
    with page as materialized (
      select a.*, row_number() over (order by ${order}) as rank from activities.activity a where ${where} order by ${order} ${cut})
    select a.id, a.title, k.label as kind, a.status, a.mode, a.role, a.scale, t.label as theme, d.name as departement,
      p.full_name as lead, a.place, a.starts_at as "startsAt", a.ends_at as "endsAt", a.half_days as "halfDays",
      coalesce(n.registered, 0)::int as registered, coalesce(n.present, 0)::int as present,
      a.unidentified_count as unidentified
    from page a
    join platform.term k on k.id = a.kind_id
    left join platform.term t on t.id = a.main_theme_id
    left join territory.territory_card d on d.id = a.departement_id
    left join directory.person_card p on p.id = a.lead_person_id
    left join lateral (
      select count(*) filter (where status in ('registered', 'present', 'excused', 'absent')) as registered,
        count(*) filter (where status = 'present') as present
      from activities.attendance where activity_id = a.id) n on true
    order by a.rank`)
  return rows.map((row) => ({ ...row, startsAt: instantOrNull(row.startsAt), endsAt: instantOrNull(row.endsAt) }))
}

const orderOf = ({ sort }: ListState): SQL => {
  const direction = sort.direction === 'asc' ? sql`asc nulls last` : sql`desc nulls first`
  return sort.key === 'titre' ? sql`a.search ${direction}, a.id` : sql`a.starts_at ${direction}, a.id`
}

const columns: Record<string, SQL> = {
  type: sql`a.kind_id`,
  format: sql`a.mode`,
  role: sql`a.role`,
  echelle: sql`a.scale`,
  etat: sql`a.status`,
  departement: sql`a.departement_id`,
  responsable: sql`a.lead_person_id::text`,
}

function whereOf({ q, filters }: ListState): SQL {
  const parts = Object.entries(columns).flatMap(([name, column]) => {
    const values = filters[name] ?? []
    return values.length > 0 ? [sql`${column} = any(${sql.param([...values])}::text[])`] : []
  })
  if (filters.theme?.length) {
    const themes = sql.param([...filters.theme])
    parts.push(sql`(a.main_theme_id = any(${themes}::text[]) or exists (
      select from activities.activity_theme x where x.activity_id = a.id and x.theme_id = any(${themes}::text[])))`)
  }
  if (filters.annee?.length) parts.push(sql`(${sql.join(filters.annee.map(inYear), sql` or `)})`)
  if (q) parts.push(matches(q))
  return parts.length > 0 ? sql.join(parts, sql` and `) : sql`true`
}

/** A year of Paris, cut so that the index on dates serves. */
const inYear = (year: string) => sql`(a.starts_at >= make_timestamptz(${Number(year)}, 1, 1, 0, 0, 0, 'Europe/Paris')
  and a.starts_at < make_timestamptz(${Number(year) + 1}, 1, 1, 0, 0, 0, 'Europe/Paris'))`

/** Every word somewhere in title or place; else, words that look like them: typing errors are forgiven. */
export const matches = (text: string): SQL => sql`(platform.normalise(${text}) <> '' and (
  a.search like all (select '%' || word || '%' from regexp_split_to_table(
    replace(replace(platform.normalise(${text}), '_', '\\_'), '%', '\\%'), '\\s+') as word)
  or platform.normalise(${text}) operator(public.<%) a.search))`
