import { findOrMakePerson, organisationByName, recordConsents } from '#app/features/directory/index.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { type Limit, withinLimit } from '#app/platform/rate-limit.server.ts'
import { readCentre } from '#app/platform/settings.server.ts'
import { readLink } from '#app/platform/signed-link.server.ts'
import { isoDay } from '#app/ui/french.ts'
import type { AttendanceMode } from '../labels.ts'
import { type ConsentAsked, consentsAsked } from './consents.ts'
import { type Entry, enter, type Entered } from './enter.server.ts'
import { type ActivityFacts, activityFacts, modesOf } from './facts.server.ts'
import { notify } from './notify.server.ts'
import { type Answers, checkAnswers } from './questions.ts'
import { referenceProblems } from './references.server.ts'
import { type RegistrationState, registrationState } from './state.ts'
import { allOrNothing } from './undo.server.ts'

export interface RegistrationInput {
  slug: string
  givenName: string
  familyName: string
  email: string
  /** As it was typed: an organisation of this name is found again, else the words are kept as they are. */
  organisation: string | null
  function: string | null
  profileId: string | null
  departementId: string | null
  /** Asked of hybrid activities only. */
  mode: AttendanceMode | null
  answers: Answers
  accessibilityNeeds: string | null
  consents: readonly ConsentAsked[]
  formToken: string
}

export interface Problem {
  /** « mode », « profileId », « answers.<id of the question> »… */
  field: string
  problem: 'required' | 'unknown' | 'too-long'
}

export type Closed = Exclude<RegistrationState, 'open'>

export type RegisterError =
  | { type: 'not-found' }
  | { type: Closed }
  | { type: 'full'; mode: AttendanceMode }
  | { type: 'stale-form' }
  | { type: 'invalid'; problems: Problem[] }

/**
 * What may be said on the page. It depends on the places left and on nothing else: somebody who was registered already gets the
 * words that a newcomer would get, and learns the rest by mail, so that nobody can ask this form who takes part.
 */
export interface Registered {
  shown: 'confirmed' | 'waitlisted' | 'full'
}

/** By IP address: a team of thirty behind one address registers in ten minutes, a robot does not. */
export const registrationLimit: Limit = { name: 'registration', max: 30, seconds: 600 }

/** One address is not written to over and over because somebody types it again and again. */
export const again: Limit = { name: 'registration-again', max: 3, seconds: 3600 }

export async function register(ctx: AppContext, input: RegistrationInput): Promise<Result<Registered, RegisterError>> {
  const form = readLink(ctx.secret, 'form-once', input.formToken, ctx.now())
  if (form.state !== 'valid') return err({ type: 'stale-form' })
  const [activity, centre] = await Promise.all([activityFacts(ctx.db, { slug: input.slug }), readCentre(ctx.db)])
  const refused = activity ? refusalOf(activity, ctx.now()) : ({ type: 'not-found' } as const)
  if (!activity || refused) return err(refused!)
  const checked = await check(ctx.db, activity, input)
  if (!checked.ok) return checked

  return allOrNothing(ctx, async (tx) => {
    const { personId, created } = await personOf(tx, ctx, activity, input, checked.value)
    const entry: Entry = {
      ...checked.value,
      personId,
      source: 'registration',
      formId: form.id,
      accessibilityNeeds: activity.askAccessibility ? input.accessibilityNeeds : null,
    }
    const entered = await enter(tx, ctx, activity.id, entry, { newcomer: created })
    if (!entered.ok) return entered
    await tell(tx, ctx, { activity, centre, input, entered: entered.value })
    return ok({ shown: shownTo(entered.value, form.id) })
  })
}

/** Nobody learns from this form that a draft or an internal activity exists. */
export function refusalOf(activity: ActivityFacts, now: Date): { type: 'not-found' } | { type: Closed } | null {
  if (activity.status === 'draft' || activity.visibility === 'internal') return { type: 'not-found' }
  const state = registrationState(activity, now)
  return state === 'open' ? null : { type: state }
}

type Found = Awaited<ReturnType<typeof findOrMakePerson>>

export type Checked = Pick<Entry, 'mode' | 'answers' | 'organisationId' | 'organisationName'> &
  Pick<Entry, 'function' | 'profileId' | 'departementId'>

/** What was sent, against what this activity asks. */
export async function check(
  db: Database,
  activity: ActivityFacts,
  input: Omit<RegistrationInput, 'slug'>,
): Promise<Result<Checked, { type: 'invalid'; problems: Problem[] }>> {
  const modes = modesOf(activity.mode)
  const mode = modes.length === 1 ? modes[0]! : input.mode
  if (!mode) return err({ type: 'invalid', problems: [{ field: 'mode', problem: 'required' }] })
  const { answers, problems } = checkAnswers(activity.questions, input.answers, mode)
  const [references, organisation] = await Promise.all([
    referenceProblems(db, input),
    input.organisation ? organisationByName(db, input.organisation) : null,
  ])
  const found: Problem[] = [
    ...references,
    ...problems.map(({ questionId, problem }) => ({ field: `answers.${questionId}`, problem })),
  ]
  if (found.length > 0) return err({ type: 'invalid', problems: found })
  const { function: work, profileId, departementId } = input
  const employer = {
    organisationId: organisation?.id ?? null,
    organisationName: organisation?.name ?? input.organisation,
  }
  return ok({ mode, answers, ...employer, function: work, profileId, departementId })
}

/** Before the activity is held: the person, what they say of their work, what they agree to. */
export async function personOf(
  tx: Database,
  ctx: AppContext,
  activity: Pick<ActivityFacts, 'askPhotos'>,
  input: Omit<RegistrationInput, 'slug'>,
  said: Checked,
): Promise<Found> {
  const { givenName, familyName, email, departementId } = input
  const found = await findOrMakePerson(tx, ctx, {
    givenName,
    familyName,
    email,
    departementId,
    source: 'registration',
    situation: { day: isoDay(ctx.now()), ...said },
  })
  const agreed = consentsAsked(activity).filter(({ purpose }) => input.consents.includes(purpose))
  const answers = agreed.map(({ purpose, wording }) => ({
    purpose,
    wording,
    given: true,
    how: 'registration' as const,
  }))
  await recordConsents(tx, ctx, found.personId, answers)
  return found
}

interface Told {
  activity: ActivityFacts
  centre: { name: string; email: string }
  input: RegistrationInput
  entered: Entered
}

/** To the address typed: it is the one this person was found by. */
async function tell(tx: Database, ctx: AppContext, { activity, centre, input, entered }: Told): Promise<void> {
  const { attendance } = entered
  if (!entered.made && !(await withinLimit({ ...ctx, db: tx }, again, attendance.id))) return
  const kind = !entered.made ? 'again' : attendance.status === 'waitlisted' ? 'waitlisted' : 'confirmed'
  await notify(tx, ctx, kind, {
    activity,
    centre,
    registrant: {
      attendanceId: attendance.id,
      linkVersion: attendance.linkVersion,
      mode: attendance.mode,
      status: attendance.status,
      givenName: input.givenName,
      fullName: `${input.givenName} ${input.familyName}`,
      email: input.email,
    },
  })
}

/** The same words for a newcomer and for who was in already, unless this very form made the row. */
export function shownTo(entered: Entered, formId: string): Registered['shown'] {
  const own = entered.attendance.status === 'waitlisted' ? 'waitlisted' : 'confirmed'
  return entered.made || entered.attendance.formId === formId ? own : entered.asNew
}
