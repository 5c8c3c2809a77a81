import { membersWith } from '#app/features/accounts/index.server.ts'
import { ownPerson } from '#app/features/activities/index.server.ts'
import { recordChange } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import { queueMail } from '#app/platform/mail.server.ts'
import type { PersonalData } from '#app/platform/personal-data.server.ts'
import { type Limit, withinLimit } from '#app/platform/rate-limit.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { readCentre } from '#app/platform/settings.server.ts'
import { readLink, signLink } from '#app/platform/signed-link.server.ts'
import { isoDay } from '#app/ui/french.ts'
import { collectData, type PersonData } from '../person/collect.server.ts'
import { addressOf } from '../requests/address.server.ts'
import { monthsAfter, receiveRequest, type RequestInput } from '../requests/requests.server.ts'
import { ownDataMail, requestReceivedMail, requestWaitsMail } from './mails.ts'

const HOUR = 3_600_000

/** Nobody fills a mailbox by asking again and again. */
const asks: Limit = { name: 'own-data', max: 3, seconds: 3600 }
const demands: Limit = { name: 'own-data-request', max: 5, seconds: 86_400 }

export type AskOwnDataError = { type: 'forged' } | { type: 'expired' } | { type: 'no-address' } | { type: 'too-many' }

/**
 * From one's registration: a link goes to the address on the person's card, never to one that is typed. Who only stole the link of
 * the registration sees nothing more than that registration.
 */
export async function askOwnData(ctx: AppContext, token: string): Promise<Result<null, AskOwnDataError>> {
  const own = await ownPerson(ctx, token)
  if (!own.ok) return own
  const { personId, email } = own.value
  if (!email) return err({ type: 'no-address' })
  if (!(await withinLimit(ctx, asks, personId))) return err({ type: 'too-many' })
  const centre = await readCentre(ctx.db)
  const key = signLink(ctx.secret, 'own-data', { id: personId, expiresAt: new Date(ctx.now().getTime() + HOUR) })
  const mail = ownDataMail({ centre: centre.name, link: `${ctx.baseUrl}/mes-donnees/${key}` })
  await ctx.db.transaction((tx) =>
    queueMail(tx, ctx, {
      ...mail,
      purpose: 'privacy-own-data',
      toAddress: email,
      entity: 'person',
      entityId: personId,
    }),
  )
  return ok(null)
}

export type OwnDataError = { type: 'forged' } | { type: 'expired' }

/** What the mailed link opens, for an hour; nothing once the person is erased. */
export async function readOwnData(
  ctx: AppContext,
  sources: readonly PersonalData[],
  token: string,
  { taken = false } = {},
): Promise<Result<PersonData, OwnDataError>> {
  const link = readLink(ctx.secret, 'own-data', token, ctx.now())
  if (link.state !== 'valid') return err({ type: link.state })
  const data = await collectData(ctx, sources, link.id)
  if (!data) return err({ type: 'expired' })
  if (taken)
    await recordChange(ctx.db, ctx, {
      action: 'privacy.data-read-by-person',
      entity: 'person',
      entityId: data.personId,
    })
  return ok(data)
}

/** Correction, erasure, objection: written down with its deadline, confirmed to the person, told to who must answer. */
export async function askAboutOwnData(
  ctx: AppContext,
  sources: readonly PersonalData[],
  token: string,
  input: RequestInput,
): Promise<Result<{ dueOn: string }, OwnDataError | { type: 'too-many' }>> {
  const own = await readOwnData(ctx, sources, token)
  if (!own.ok) return own
  const { personId } = own.value
  if (!(await withinLimit(ctx, demands, personId))) return err({ type: 'too-many' })
  const dueOn = monthsAfter(isoDay(ctx.now()), 1)
  await ctx.db.transaction(async (tx) => {
    const { id, made } = await receiveRequest(tx, ctx, { ...input, personId, source: 'own' })
    if (made) await tell({ ...ctx, db: tx }, { id, personId, kind: input.kind, dueOn })
  })
  return ok({ dueOn })
}

async function tell(
  ctx: AppContext,
  { id, personId, kind, dueOn }: Pick<RequestInput, 'kind'> & { id: string; personId: string; dueOn: string },
) {
  const [centre, members, email] = [
    await readCentre(ctx.db),
    await membersWith(ctx.db, 'privacy:write'),
    await addressOf(ctx, personId),
  ]
  const about = { entity: 'request', entityId: id }
  if (email)
    await queueMail(ctx.db, ctx, {
      ...requestReceivedMail({ centre: centre.name, kind, dueOn }),
      ...about,
      purpose: 'privacy-request-received',
      toAddress: email,
    })
  const waits = requestWaitsMail({ kind, dueOn, link: `${ctx.baseUrl}/bureau/donnees-personnelles/demandes/${id}` })
  for (const member of members)
    await queueMail(ctx.db, ctx, { ...waits, ...about, purpose: 'privacy-request-received', toAddress: member.email })
}
