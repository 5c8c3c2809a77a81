import { type AppContext, can } from '#app/platform/context.ts'
import { houseOf, pdfTemplate, renderPdf } from '#app/platform/pdf/render.server.ts'
import { readCentre } from '#app/platform/settings.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { nb, plural } from '#app/ui/french.ts'
import type { SheetOptions } from './options.ts'
import { type Expected, expectedPeople, paperActivity, type PaperActivity } from './people.server.ts'
import { sheetDays } from './sheet-days.ts'

export type SheetError = { type: 'no-such-activity' } | { type: 'no-such-session' }

const template = pdfTemplate('#app/features/activities/papers/sheet.typ')
const NOTICE =
  'Les noms servent à compter la participation aux activités du centre et à établir les attestations demandées.'

/** The list to sign, one by session and by day; null session: all of them. */
export async function signingSheet(
  ctx: AppContext,
  activityId: string,
  options: SheetOptions,
): Promise<Result<{ title: string; draw: () => Promise<Uint8Array> }, SheetError>> {
  const activity = can(ctx.actor, 'attendance:read') ? await paperActivity(ctx.db, activityId) : null
  if (!activity) return err({ type: 'no-such-activity' })
  const sessions = activity.sessions.filter(({ id }) => options.seance === '' || id === options.seance)
  if (options.seance !== '' && sessions.length === 0) return err({ type: 'no-such-session' })
  const people = (await expectedPeople(ctx.db, activityId)).filter((one) => signs(one, activity, options))
  const house = houseOf(await readCentre(ctx.db))
  const data = {
    house,
    title: nb(activity.title),
    kind: activity.kind,
    large: options.grand === 'oui',
    blanks: options.lignes,
    notice: NOTICE,
    sheets: sheetsOf(activity, sessions, options, people),
  }
  return ok({ title: activity.title, draw: () => renderPdf(template, data) })
}

/** Who follows from afar signs nothing on a table, unless asked for, or unless everybody is afar. */
const signs = ({ mode }: Expected, activity: PaperActivity, { distance }: SheetOptions) =>
  mode === 'onsite' || distance === 'oui' || activity.mode === 'distanciel'

function sheetsOf(
  activity: PaperActivity,
  sessions: PaperActivity['sessions'],
  { colonnes }: SheetOptions,
  people: readonly Expected[],
) {
  const list = people.map(({ givenName, familyName, organisation, function: job }) => ({
    givenName,
    familyName,
    organisation: organisation && nb(organisation),
    function: job && nb(job),
  }))
  const common = { people: list, expected: plural(list.length, 'personne attendue', 'personnes attendues') }
  if (sessions.length === 0)
    return [{ ...common, when: 'Date à préciser', detail: activity.place ?? '', columns: ['Signature'] }]
  return sessions.flatMap((session) =>
    sheetDays(session, colonnes).map(({ when, columns }) => ({
      ...common,
      when,
      columns,
      detail: [session.title, session.place ?? activity.place]
        .filter(Boolean)
        .map((part) => nb(part!))
        .join(' · '),
    })),
  )
}
