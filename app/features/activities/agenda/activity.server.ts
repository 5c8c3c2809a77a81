import { sql } from 'drizzle-orm'
import type { AppContext } from '#app/platform/context.ts'
import { readCentre } from '#app/platform/settings.server.ts'
import { placesOf } from '../registration/places.server.ts'
import { activityFacts, publicFacts, type PublicFacts } from '../registration/facts.server.ts'
import { type Places, type RegistrationState, registrationState } from '../registration/state.ts'
import { hasPage } from './visible.server.ts'

export interface Speaker {
  id: string
  name: string
  function: string | null
  organisation: string | null
  programmeItemId: string | null
}

export interface ProgrammeItem {
  id: string
  startsAt: Date | null
  title: string
  description: string | null
}

export interface PublicDocument {
  id: string
  title: string
  /** Somewhere else; null: a file of ours. */
  url: string | null
  mediaType: string | null
  size: number | null
}

export interface SeriesLink {
  title: string
  /** Of its public page, when it has one that may be named here. */
  slug: string | null
}

export interface PublicActivity {
  facts: Omit<PublicFacts, 'questions'>
  summary: string | null
  description: string | null
  theme: { id: string; label: string } | null
  themes: string[]
  series: SeriesLink | null
  territories: string[]
  partners: { name: string; part: string | null }[]
  programme: ProgrammeItem[]
  speakers: Speaker[]
  documents: PublicDocument[]
  updatedAt: Date
  registration: { state: RegistrationState; places: Places; closesAt: Date | null }
  centre: { name: string; email: string; presentation: string }
}

interface Raw {
  summary: string | null
  description: string | null
  theme: { id: string; label: string } | null
  themes: string[]
  series: SeriesLink | null
  territories: string[]
  partners: { name: string; part: string | null }[]
  programme: (Omit<ProgrammeItem, 'startsAt'> & { startsAt: string | null })[]
  speakers: Speaker[]
  documents: PublicDocument[]
  updatedAt: string
}

/** Everything the public page of an activity says; null: there is no such page. The joining link is never among it. */
export async function publicActivity(ctx: AppContext, slug: string): Promise<PublicActivity | null> {
  const [facts, rest, centre] = await Promise.all([
    activityFacts(ctx.db, { slug }),
    restOf(ctx, slug),
    readCentre(ctx.db),
  ])
  if (!facts || !rest) return null
  const { questions: _questions, ...shown } = publicFacts(facts)
  const state = registrationState(facts, ctx.now())
  return {
    ...rest,
    facts: shown,
    programme: rest.programme.map((item) => ({ ...item, startsAt: item.startsAt ? new Date(item.startsAt) : null })),
    updatedAt: new Date(rest.updatedAt),
    registration: {
      state,
      places: state === 'open' ? await placesOf(ctx.db, facts) : {},
      closesAt: facts.registrationClosesAt,
    },
    centre: { name: centre.name, email: centre.email, presentation: centre.presentation },
  }
}

async function restOf(ctx: AppContext, slug: string): Promise<Raw | null> {
  const { rows } = await ctx.db.execute<{ rest: Raw }>(sql`
    select json_build_object('summary', a.summary, 'description', a.description, 'updatedAt', a.updated_at,
      'theme', (select json_build_object('id', t.id, 'label', t.label) from platform.term t where t.id = a.main_theme_id),
      'themes', coalesce((select json_agg(t.label order by t.position) from activities.activity_theme x
        join platform.term t on t.id = x.theme_id where x.activity_id = a.id and x.theme_id is distinct from a.main_theme_id), '[]'),
      'series', (select json_build_object('title', r.title, 'slug', case when r.visibility = 'public'
          or (r.visibility = 'unlisted' and a.visibility = 'unlisted') then r.slug end)
        from activities.series r where r.id = a.series_id),
      'territories', coalesce((select json_agg(c.name order by c.name) from activities.activity_territory x
        join territory.territory_card c on c.id = x.territory_id where x.activity_id = a.id), '[]'),
      'partners', coalesce((select json_agg(json_build_object('name', o.name, 'part', o.part) order by o.name)
        from (select distinct on (c.identity_id) c.name, x.part from activities.activity_partner x
          join directory.organisation_card c on c.id = x.organisation_id where x.activity_id = a.id order by c.identity_id, x.part) o
        ), '[]'),
      'programme', coalesce((select json_agg(json_build_object('id', i.id, 'startsAt', i.starts_at, 'title', i.title,
        'description', i.description) order by i.position) from activities.programme_item i where i.activity_id = a.id), '[]'),
      'speakers', coalesce((select json_agg(json_build_object('id', s.id, 'name', s.name, 'function', s.function,
        'organisation', coalesce(o.name, s.organisation_name), 'programmeItemId', s.programme_item_id) order by s.position)
        from activities.speaker s left join directory.organisation_card o on o.id = s.organisation_id where s.activity_id = a.id), '[]'),
      'documents', coalesce((select json_agg(json_build_object('id', d.id, 'title', d.title, 'url', d.url,
        'mediaType', f.media_type, 'size', f.size) order by d.position, d.created_at)
        from activities.document d left join platform.file f on f.id = d.file_id where d.activity_id = a.id and d.public), '[]')) as rest
    from activities.activity a where a.slug = ${slug} and ${hasPage}`)
  return rows[0]?.rest ?? null
}
