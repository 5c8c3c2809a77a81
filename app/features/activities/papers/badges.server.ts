import { encodeQR } from 'qr'
import { type AppContext, can } from '#app/platform/context.ts'
import { houseOf, pdfTemplate, renderPdf } from '#app/platform/pdf/render.server.ts'
import { readCentre } from '#app/platform/settings.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { nb } from '#app/ui/french.ts'
import { ticketOf } from '../registration/ticket.server.ts'
import { type BadgeOptions, badgeFormats } from './options.ts'
import {
  type Expected,
  expectedPeople,
  type Host,
  hostsOf,
  paperActivity,
  type PaperActivity,
} from './people.server.ts'

export type BadgesError = { type: 'no-such-activity' } | { type: 'nobody' }

const template = pdfTemplate('#app/features/activities/papers/badges.typ')
const roleLabels = { intervenant: 'Intervenant·e', equipe: 'Équipe' } as const

interface Badge {
  givenName: string
  familyName: string
  organisation: string | null
  role: '' | Host['role']
  roleLabel: string
  qr: string | null
  blank: boolean
}

/** Badges of those who come on site, of those who speak, of who is in charge; blank ones to fill in at the door. */
export async function badgeSheets(
  ctx: AppContext,
  activityId: string,
  options: BadgeOptions,
): Promise<Result<{ title: string; draw: () => Promise<Uint8Array> }, BadgesError>> {
  const activity = can(ctx.actor, 'attendance:read') ? await paperActivity(ctx.db, activityId) : null
  if (!activity) return err({ type: 'no-such-activity' })
  const expected = (await expectedPeople(ctx.db, activityId)).filter(({ mode }) => mode === 'onsite')
  const badges = [
    ...(await badgesOf(ctx, activity, expected, options)),
    ...Array.from({ length: options.vierges }, blank),
  ]
  if (badges.length === 0) return err({ type: 'nobody' })
  const format = badgeFormats[options.format]
  const data = {
    house: houseOf(await readCentre(ctx.db)),
    title: nb(activity.title),
    format,
    marks: options.reperes === 'oui',
    skip: Math.min(options.debut - 1, format.rows * 2 - 1),
    badges,
  }
  return ok({ title: activity.title, draw: () => renderPdf(template, data) })
}

async function badgesOf(
  ctx: AppContext,
  activity: PaperActivity,
  expected: readonly Expected[],
  { qui, code }: BadgeOptions,
): Promise<Badge[]> {
  const hosts = qui === 'inscrits' ? [] : await hostsOf(ctx.db, activity.id)
  const roles = new Map(hosts.flatMap(({ personId, role }) => (personId ? [[personId, role] as const] : [])))
  const registered = new Set(expected.map(({ personId }) => personId))
  const guests = expected.filter(({ personId }) => qui !== 'intervenants' || roles.has(personId))
  return [
    ...hosts.filter(({ personId }) => !personId || !registered.has(personId)).map((one) => badge(one, one.role, null)),
    ...guests.map((one) =>
      badge(one, roles.get(one.personId) ?? '', code === 'oui' ? qrOfPerson(ctx, one, activity) : null),
    ),
  ]
}

/** The same as that of the confirmation mail: the camera of the door reads both. */
function qrOfPerson(
  ctx: AppContext,
  { attendanceId: id, linkVersion, status, mode }: Expected,
  activity: PaperActivity,
) {
  const ticket = ticketOf(ctx, { id, linkVersion, status, mode }, activity)
  return ticket && encodeQR(ticket, 'svg', { ecc: 'medium', border: 1 })
}

const badge = (
  { givenName, familyName, organisation }: Pick<Badge, 'givenName' | 'familyName' | 'organisation'>,
  role: Badge['role'],
  qr: string | null,
): Badge => ({
  givenName,
  familyName,
  organisation: organisation && nb(organisation),
  role,
  roleLabel: role === '' ? '' : roleLabels[role],
  qr,
  blank: false,
})

const blank = (): Badge => ({ ...badge({ givenName: '', familyName: '', organisation: null }, '', null), blank: true })
