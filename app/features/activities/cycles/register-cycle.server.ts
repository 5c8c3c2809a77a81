import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { withinLimit } from '#app/platform/rate-limit.server.ts'
import { readLink } from '#app/platform/signed-link.server.ts'
import { enter, type Entered } from '../registration/enter.server.ts'
import type { ActivityFacts } from '../registration/facts.server.ts'
import {
  again,
  check,
  type Checked,
  personOf,
  type Problem,
  type RegistrationInput,
  shownTo,
} from '../registration/register.server.ts'
import { allOrNothing } from '../registration/undo.server.ts'
import { tellCycle } from './cycle-mail.server.ts'
import { type CycleFacts, openCycle, shownActivities, stillOpen } from './public-cycle.server.ts'

export type RegisterCycleInput = RegistrationInput

export type RegisterCycleError =
  | { type: 'not-found' }
  | { type: 'closed' }
  | { type: 'full' }
  | { type: 'stale-form' }
  | { type: 'invalid'; problems: Problem[] }

/** What the page may say: it depends on the places left, never on who was registered already. */
export interface CycleRegistered {
  shown: 'confirmed' | 'partly' | 'waitlisted'
}

type Asked = { activity: ActivityFacts; said: Checked }

/** Registers somebody to every activity of a cycle that is still open, in one gesture: a row each, one mail for all. */
export async function registerCycle(
  ctx: AppContext,
  input: RegisterCycleInput,
): Promise<Result<CycleRegistered, RegisterCycleError>> {
  const form = readLink(ctx.secret, 'form-once', input.formToken, ctx.now())
  if (form.state !== 'valid') return err({ type: 'stale-form' })
  const cycle = await openCycle(ctx.db, input.slug)
  if (!cycle) return err({ type: 'not-found' })
  const open = stillOpen(await shownActivities(ctx.db, cycle), ctx.now())
  if (open.length === 0) return err({ type: 'closed' })
  const asked = await checkEach(ctx.db, open, input)
  if (!asked.ok) return asked

  return allOrNothing(ctx, async (tx) => {
    const askPhotos = open.some((activity) => activity.askPhotos)
    const { personId } = await personOf(tx, ctx, { askPhotos }, input, asked.value[0]!.said)
    const entered = await enterEach(tx, ctx, { asked: asked.value, personId, formId: form.id, input })
    if (entered.length === 0) return err({ type: 'full' })
    await tell(tx, ctx, cycle, input, entered)
    const shown = entered.map((one) => shownTo(one, form.id))
    const confirmed = shown.filter((one) => one === 'confirmed').length
    const all = confirmed === asked.value.length
    return ok({ shown: all ? 'confirmed' : confirmed > 0 ? 'partly' : 'waitlisted' })
  })
}

/** Each activity has its own questions; a refusal of one is said once. */
async function checkEach(
  db: Database,
  open: readonly ActivityFacts[],
  input: RegisterCycleInput,
): Promise<Result<Asked[], { type: 'invalid'; problems: Problem[] }>> {
  const asked: Asked[] = []
  const problems = new Map<string, Problem>()
  for (const activity of open) {
    const checked = await check(db, activity, input)
    if (checked.ok) asked.push({ activity, said: checked.value })
    else for (const problem of checked.error.problems) problems.set(problem.field, problem)
  }
  return problems.size > 0 ? err({ type: 'invalid', problems: [...problems.values()] }) : ok(asked)
}

interface Entering {
  asked: readonly Asked[]
  personId: string
  formId: string
  input: RegisterCycleInput
}

/** Always in the same order: two people who register at once to one cycle never wait for each other. Full ones are left out. */
async function enterEach(
  tx: Database,
  ctx: AppContext,
  { asked, personId, formId, input }: Entering,
): Promise<Entered[]> {
  const entered: Entered[] = []
  for (const { activity, said } of asked.toSorted((a, b) => (a.activity.id < b.activity.id ? -1 : 1))) {
    const accessibilityNeeds = activity.askAccessibility ? input.accessibilityNeeds : null
    const entry = { ...said, personId, source: 'registration' as const, formId, accessibilityNeeds }
    const done = await enter(tx, ctx, activity.id, entry)
    if (done.ok) entered.push(done.value)
  }
  return entered
}

/** One message, to the address typed; asked again and again for nothing new, it stops. */
async function tell(
  tx: Database,
  ctx: AppContext,
  cycle: CycleFacts,
  { givenName, familyName, email }: RegisterCycleInput,
  entered: readonly Entered[],
) {
  const made = entered.some((one) => one.made)
  const [first] = entered
  if (!made && !(await withinLimit({ ...ctx, db: tx }, again, first!.attendance.id))) return
  await tellCycle(tx, ctx, 'registered', {
    cycle,
    attendanceIds: entered.map(({ attendance }) => attendance.id),
    to: { givenName, fullName: `${givenName} ${familyName}`, email },
  })
}
