import { asc, desc, sql } from 'drizzle-orm'
import { departementOptions } from '#app/features/territory/index.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import { termOptions, termsOf } from '#app/platform/terms.server.ts'
import { isoTime } from '#app/ui/french.ts'
import { activities, series } from '../schema.server.ts'
import type { ActivityRecord } from './record.server.ts'

interface Choice {
  value: string
  label: string
}

/** What the fields of an activity can be set to; words that were retired stay where they already are. */
export async function formOptions(ctx: AppContext, kept?: Pick<ActivityRecord, 'kindId' | 'mainThemeId'>) {
  const kinds = await termsOf(ctx.db, 'activite')
  const themes = await termsOf(ctx.db, 'theme')
  return {
    kinds: termOptions(kinds, kept?.kindId),
    themes: termOptions(themes, kept?.mainThemeId),
    departements: await departementOptions(ctx),
    series: await seriesChoices(ctx),
    leads: await knownLeads(ctx),
  }
}

export type FormOptions = Awaited<ReturnType<typeof formOptions>>

async function seriesChoices(ctx: AppContext): Promise<Choice[]> {
  return ctx.db
    .select({ value: series.id, label: series.title })
    .from(series)
    .orderBy(desc(series.createdAt), asc(series.title))
}

/** Those who were in charge of something, and the person at work. */
async function knownLeads({ db, actor }: AppContext): Promise<{ id: string; label: string }[]> {
  const own = actor.kind === 'user' ? actor.personId : null
  const { rows } = await db.execute<{ id: string; label: string }>(sql`
    select c.id, c.full_name as label from directory.person_card c
    where c.id = ${own}::uuid or c.id in (select distinct lead_person_id from activities.activity)
    order by c.id = ${own}::uuid desc nulls last, label`)
  return rows
}

/** What the short form proposes: the habits of this kind, as its last activity shows them. */
export interface Habits {
  kindId: string
  mode: string
  role: string
  scale: string
  mainThemeId: string
  departementId: string
  place: string
  start: string
  end: string
}

const remoteKinds = ['activite:webinaire']

/** `kindId` null: the kind recorded last. A kind never used yet gets the commonest choices. */
export async function habitsOf(ctx: AppContext, kindId: string | null): Promise<Habits> {
  const [last] = await ctx.db
    .select()
    .from(activities)
    .where(kindId ? sql`${activities.kindId} = ${kindId}` : sql`true`)
    .orderBy(desc(activities.createdAt), desc(activities.id))
    .limit(1)
  if (!last) {
    const remote = kindId !== null && remoteKinds.includes(kindId)
    const usual = { role: 'organisateur', scale: 'regional', mainThemeId: '', departementId: '', place: '' }
    return { ...usual, kindId: kindId ?? '', mode: remote ? 'distanciel' : 'presentiel', start: '', end: '' }
  }
  return {
    kindId: last.kindId,
    mode: last.mode,
    role: last.role,
    scale: last.scale,
    mainThemeId: last.mainThemeId ?? '',
    departementId: last.departementId ?? '',
    place: last.place ?? '',
    start: last.startsAt ? isoTime(last.startsAt) : '',
    end: last.endsAt ? isoTime(last.endsAt) : '',
  }
}

/** The kinds most used of late, to begin in one click; the first ones of the vocabulary in a new house. */
export async function usualKinds(ctx: AppContext): Promise<Choice[]> {
  const { rows } = await ctx.db.execute<{ value: string; label: string }>(sql`
    select t.id as value, t.label from platform.term t
    left join (select kind_id, count(*) as used from (
        select kind_id from activities.activity order by created_at desc limit 200) recent group by kind_id) u on u.kind_id = t.id
    where t.vocabulary = 'activite' and t.retired_at is null
    order by u.used desc nulls last, t.position limit 6`)
  return rows
}
