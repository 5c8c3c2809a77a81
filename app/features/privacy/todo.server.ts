import { eq, sql } from 'drizzle-orm'
import { membersWith } from '#app/features/accounts/index.server.ts'
import { forgetNeeds } from '#app/features/activities/index.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import { queueMail } from '#app/platform/mail.server.ts'
import type { PersonalData } from '#app/platform/personal-data.server.ts'
import { limitOf, readPurpose } from '#app/platform/purposes.server.ts'
import { settings } from '#app/platform/schema.server.ts'
import { writeSetting } from '#app/platform/settings.server.ts'
import { isoDay } from '#app/ui/french.ts'
import { reviewMail } from './own/mails.ts'
import { countOpenRequests } from './requests/requests.server.ts'
import { countDue } from './review/due.server.ts'

export interface PrivacyTodo {
  /** As counted last night: the list itself is exact. */
  due: number
  open: number
  late: number
}

const SETTING = 'privacy-review'

/** For the first page of the office: what waits for a decision; null for who does not decide. */
export async function privacyTodo(ctx: AppContext): Promise<PrivacyTodo | null> {
  if (!can(ctx.actor, 'privacy:write')) return null
  const [[row], waiting] = await Promise.all([
    ctx.db.select({ value: settings.value }).from(settings).where(eq(settings.key, SETTING)),
    countOpenRequests(ctx.db, isoDay(ctx.now())),
  ])
  const due = (row?.value as { due?: unknown } | undefined)?.due
  return { due: typeof due === 'number' ? due : 0, ...waiting }
}

/** Each night: needs said for an activity that is over, goodbyes that were sent, and how many wait to be looked at. */
export async function tidyEveryNight(ctx: AppContext, sources: readonly PersonalData[]): Promise<void> {
  const limit = limitOf(await readPurpose(ctx.db, 'accessibilite'), ctx.now())
  if (limit) await forgetNeeds(ctx, limit)
  const week = new Date(ctx.now().getTime() - 7 * 86_400_000).toISOString()
  await ctx.db.execute(
    sql`delete from platform.mail where purpose = 'privacy-erased' and created_at < ${week}::timestamptz`,
  )
  await writeSetting(ctx.db, SETTING, { due: await countDue(ctx, sources) }, ctx.now())
}

/** Once a month, to those who decide: nothing when nothing waits. */
export async function sayWhatWaits(ctx: AppContext, sources: readonly PersonalData[]): Promise<void> {
  const [due, { open, late }, members] = [
    await countDue(ctx, sources),
    await countOpenRequests(ctx.db, isoDay(ctx.now())),
    await membersWith(ctx.db, 'privacy:write'),
  ]
  if (due + open === 0) return
  const mail = reviewMail({ due, open, late, link: `${ctx.baseUrl}/bureau/donnees-personnelles` })
  await ctx.db.transaction(async (tx) => {
    for (const { email } of members) await queueMail(tx, ctx, { ...mail, purpose: 'privacy-review', toAddress: email })
  })
}
