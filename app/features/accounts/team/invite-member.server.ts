import { eq } from 'drizzle-orm'
import { findOrMakePerson, personCards } from '#app/features/directory/index.server.ts'
import { recordChange } from '#app/platform/changes.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { queueMail } from '#app/platform/mail.server.ts'
import { type Role, roleLabels } from '#app/platform/permissions.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { readCentre } from '#app/platform/settings.server.ts'
import { type Account, accountByEmail, accountById } from '../accounts.server.ts'
import { invitationMail } from '../mails.ts'
import { makeLink, voidLinks } from '../one-time-links.server.ts'
import { users } from '../schema.server.ts'
import { lockTeam } from '../set-up-link.server.ts'

export interface InviteInput {
  /** Someone of the directory; else the names say who. */
  personId: string | null
  givenName: string
  familyName: string
  email: string
  role: Role
}

export type InviteError =
  | { type: 'not-allowed' }
  | { type: 'email-taken'; userId: string }
  | { type: 'person-taken'; userId: string }
  | { type: 'person-unknown' }

export interface Invited {
  userId: string
  /** The way in, to hand over by other means when no mail is sent. */
  path: string
}

/** Opens an account without a password and sends the link to choose one. */
export async function inviteMember(
  ctx: AppContext,
  input: InviteInput,
  { byMail = true }: { byMail?: boolean } = {},
): Promise<Result<Invited, InviteError>> {
  if (!can(ctx.actor, 'users:write')) return err({ type: 'not-allowed' })
  return ctx.db.transaction(async (tx) => {
    await lockTeam(tx)
    const namesake = await accountByEmail(tx, input.email)
    if (namesake) return err({ type: 'email-taken', userId: namesake.id })
    const personId = await personOf(tx, ctx, input)
    if (!personId) return err({ type: 'person-unknown' })
    const [other] = await tx.select({ id: users.id }).from(users).where(eq(users.personId, personId))
    if (other) return err({ type: 'person-taken', userId: other.id })
    const account = { personId, email: input.email, role: input.role, createdAt: ctx.now() }
    const [made] = await tx.insert(users).values(account).returning({ id: users.id })
    const fields: Record<string, [unknown, unknown]> = { email: [null, input.email], role: [null, input.role] }
    await recordChange(tx, ctx, { action: 'accounts.invited', entity: 'user', entityId: made!.id, fields })
    return ok({ userId: made!.id, path: await sendInvitation(tx, ctx, made!.id, byMail) })
  })
}

/** A merged person leads to the one that was kept. */
async function personOf(tx: Database, ctx: AppContext, input: InviteInput): Promise<string | null> {
  const { personId, givenName, familyName, email } = input
  if (!personId) return (await findOrMakePerson(tx, ctx, { givenName, familyName, email, source: 'team' })).personId
  const [known] = await tx.select({ id: personCards.identityId }).from(personCards).where(eq(personCards.id, personId))
  return known?.id ?? null
}

async function sendInvitation(tx: Database, ctx: AppContext, userId: string, byMail: boolean): Promise<string> {
  await voidLinks(tx, { userId, purpose: 'invitation' })
  const path = `/connexion/invitation/${await makeLink(tx, ctx, 'invitation', userId)}`
  if (byMail) await mailInvitation(tx, ctx, (await accountById(tx, userId))!, path)
  return path
}

async function mailInvitation(tx: Database, ctx: AppContext, account: Account, path: string): Promise<void> {
  const { subject, text, html } = invitationMail({
    centre: (await readCentre(tx)).name,
    givenName: account.givenName,
    by: ctx.actor.label,
    role: roleLabels[account.role],
    href: ctx.baseUrl + path,
  })
  const to = { toAddress: account.email, toName: account.fullName, entity: 'user', entityId: account.id }
  await queueMail(tx, ctx, { purpose: 'accounts.invitation', ...to, subject, text, html })
}

export type InviteAgainError = { type: 'not-allowed' } | { type: 'not-found' } | { type: 'already-joined' }

/** For a link lost or too old: the former one stops working. */
export async function inviteAgain(
  ctx: AppContext,
  { userId }: { userId: string },
): Promise<Result<null, InviteAgainError>> {
  if (!can(ctx.actor, 'users:write')) return err({ type: 'not-allowed' })
  return ctx.db.transaction(async (tx) => {
    await lockTeam(tx)
    const account = await accountById(tx, userId)
    if (!account || account.status !== 'active') return err({ type: 'not-found' })
    if (account.passwordHash) return err({ type: 'already-joined' })
    await sendInvitation(tx, ctx, userId, true)
    await recordChange(tx, ctx, { action: 'accounts.invited-again', entity: 'user', entityId: userId })
    return ok(null)
  })
}
