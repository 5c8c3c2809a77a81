import { sql } from 'drizzle-orm'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { queueMail } from '#app/platform/mail.server.ts'
import { readCentre } from '#app/platform/settings.server.ts'
import { signLink } from '#app/platform/signed-link.server.ts'
import { capitalize, formatDateTimeRange } from '#app/ui/french.ts'
import { attendanceModeLabels, type AttendanceMode, type AttendanceStatus } from '../labels.ts'
import { invitation } from '../registration/calendar.server.ts'
import { type ActivityFacts, factsOf } from '../registration/facts.server.ts'
import { linkExpiry } from '../registration/links.server.ts'
import { type Block, facts, htmlOf, link, text, textOf } from '../registration/mails/compose.ts'
import { practicalOf } from '../registration/practical.ts'

export interface CycleTold {
  cycle: { title: string; slug: string }
  attendanceIds: readonly string[]
  to: { givenName: string; fullName: string; email: string }
}

interface Row extends Record<string, unknown> {
  id: string
  activityId: string
  status: AttendanceStatus
  mode: AttendanceMode
  linkVersion: number
}

interface Step extends Row {
  activity: ActivityFacts
}

/** One mail about all of one’s registrations to a cycle, with one calendar file for what is confirmed, or struck out. */
export async function tellCycle(tx: Database, ctx: AppContext, kind: 'registered' | 'left', told: CycleTold) {
  const steps = await stepsOf(tx, told.attendanceIds)
  const [first] = steps
  if (!first) return
  const centre = await readCentre(tx)
  const blocks = kind === 'registered' ? registeredBlocks(ctx, told, steps) : leftBlocks(told, steps)
  const entries = steps
    .filter(
      ({ status, activity }) =>
        status === (kind === 'left' ? 'cancelled' : 'registered') && activity.sessions.length > 0,
    )
    .map((step) => ({ activity: { ...step.activity, updatedAt: ctx.now() }, own: practicalOf(step.activity, step) }))
  const method = kind === 'left' ? 'CANCEL' : 'REQUEST'
  const said = [...blocks, text(centre.name)]
  await queueMail(tx, ctx, {
    purpose: kind === 'left' ? 'registration-cycle-left' : 'registration-cycle',
    toAddress: told.to.email,
    toName: told.to.fullName,
    subject: subjects[kind](told.cycle.title),
    text: textOf(said),
    html: htmlOf(said),
    entity: 'attendance',
    entityId: first.id,
    calendar:
      entries.length > 0 ? { method, content: invitation(method, { entries, ...about(ctx, centre, told) }) } : null,
  })
}

const about = (ctx: AppContext, { name, email }: { name: string; email: string }, { to }: CycleTold) => ({
  house: { name, email, baseUrl: ctx.baseUrl },
  attendee: { name: to.fullName, email: to.email },
  now: ctx.now(),
})

async function stepsOf(tx: Database, ids: readonly string[]): Promise<Step[]> {
  const { rows } = await tx.execute<Row>(sql`
    select id, activity_id as "activityId", status, mode, link_version as "linkVersion"
    from activities.attendance where id = any(${sql.param([...ids])}::uuid[])`)
  const activities = sql.param(rows.map(({ activityId }) => activityId))
  const known = await factsOf(tx, sql`a.id = any(${activities}::uuid[])`)
  return known.map((activity) => ({ ...rows.find(({ activityId }) => activityId === activity.id)!, activity }))
}

const subjects = {
  registered: (title: string) => `Votre inscription au cycle : ${title}`,
  left: (title: string) => `Vos inscriptions au cycle sont annulées : ${title}`,
}

function registeredBlocks(ctx: AppContext, { cycle, to }: CycleTold, steps: readonly Step[]): Block[] {
  const waiting = steps.some(({ status }) => status === 'waitlisted')
  return [
    text(`Bonjour ${to.givenName},`),
    text(`Vous êtes inscrit·e au cycle « ${cycle.title} ». Voici, activité par activité, ce qui vous est réservé.`),
    facts(steps.map((step) => [whenOf(step.activity), `${step.activity.title}\n${standing(step)}`])),
    ...(waiting
      ? [
          text(
            'Pour les activités complètes, les places qui se libèrent sont données dans l’ordre des demandes : un message vous l’annoncera.',
          ),
        ]
      : []),
    text('Avant chaque activité, un rappel vous donnera les informations pratiques.'),
    link('Voir, modifier ou annuler vos inscriptions', cycleLink(ctx, steps), true),
    text('Ce lien vous est personnel : il ouvre vos inscriptions sans mot de passe.'),
  ]
}

const leftBlocks = ({ cycle, to }: CycleTold, steps: readonly Step[]): Block[] => [
  text(`Bonjour ${to.givenName},`),
  text(
    `Vos inscriptions aux activités à venir du cycle « ${cycle.title} » sont annulées, merci de nous avoir prévenus.`,
  ),
  facts(steps.map(({ activity }) => [whenOf(activity), activity.title])),
]

const whenOf = ({ startsAt, endsAt }: ActivityFacts) =>
  startsAt && endsAt ? capitalize(formatDateTimeRange(startsAt, endsAt)) : 'Date à préciser'

const standing = ({ status, mode, activity }: Step) =>
  status === 'waitlisted'
    ? 'Complet : vous êtes sur la liste d’attente'
    : `Place réservée, ${attendanceModeLabels[mode].toLowerCase()}${mode === 'onsite' && activity.place ? ` : ${activity.place}` : ''}`

/** As long as the link of the last of them. */
function cycleLink(ctx: AppContext, steps: readonly Step[]): string {
  const [first] = steps
  const expiresAt = new Date(Math.max(...steps.map(({ activity }) => linkExpiry(activity, ctx.now()).getTime())))
  const claims = { id: first!.id, version: first!.linkVersion, expiresAt }
  return `${ctx.baseUrl}/inscription/cycle/${signLink(ctx.secret, 'own-cycle', claims)}`
}
