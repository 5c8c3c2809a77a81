import {
  activityView,
  figureById,
  participationView,
  recordedYears,
  yearPeriod,
  type YearView,
} from '#app/features/activities/index.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import { readCentre } from '#app/platform/settings.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'

export interface Definition {
  id: string
  label: string
  definition: string
}

export interface ParticipantsChapter {
  year: number
  centre: string
  years: number[]
  /** Nothing at all was recorded that year. */
  blank: boolean
  view: YearView
  /** Half-days of the same activities. */
  halfDays: number
  /** Support missions, told apart. */
  appui: { presences: number; people: number; activities: number }
  notes: Definition[]
  address: string
}

const PARTICIPATION = { perimetre: ['participation'] }
const APPUI = { perimetre: ['appui'] }
const NOTES = ['activites', 'demi-journees', 'presences', 'personnes', 'non-identifiees', 'non-identifiees-estimees']

/** The chapter « Participants » of the annual report, computed from the rows of any year. */
export async function participantsChapter(
  ctx: AppContext,
  year: number,
): Promise<Result<ParticipantsChapter, { type: 'not-allowed' }>> {
  if (!can(ctx.actor, 'figures:read')) return err({ type: 'not-allowed' })
  const [view, activity, years, centre, ...appui] = await Promise.all([
    participationView(ctx, year, PARTICIPATION),
    activityView(ctx, year, PARTICIPATION),
    recordedYears(ctx.db),
    readCentre(ctx.db),
    ...(['presences', 'personnes', 'activites'] as const).map((id) => valueOf(ctx, id, year)),
  ])
  if (!view.ok || !activity.ok) return err({ type: 'not-allowed' })
  const [presences = 0, people = 0, activities = 0] = appui
  return ok({
    year,
    centre: centre.name,
    years,
    blank: !years.includes(year),
    view: view.value,
    halfDays: activity.value.total.halfDays,
    appui: { presences, people, activities },
    notes: definitions(NOTES),
    address: `${ctx.baseUrl}/bureau/rapport/${year}/participants`,
  })
}

async function valueOf(ctx: AppContext, id: string, year: number): Promise<number> {
  const found = await figureById(id)!.compute(ctx, yearPeriod(year), APPUI)
  return found.ok ? found.value.value : 0
}

export const definitions = (ids: readonly string[]): Definition[] =>
  ids.map((id) => {
    const { label, definition } = figureById(id)!
    return { id, label, definition }
  })
