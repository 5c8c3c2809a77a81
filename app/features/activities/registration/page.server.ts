import { departementOptions } from '#app/features/territory/index.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import { formNotice } from '#app/platform/purposes.server.ts'
import { termOptions, termsOf } from '#app/platform/terms.server.ts'
import { consentsAsked } from './consents.ts'
import { activityFacts, modesOf, publicFacts } from './facts.server.ts'
import { newFormToken } from './links.server.ts'
import { placesOf } from './places.server.ts'
import type { Registered } from './register.server.ts'
import { registrationState } from './state.ts'

const shown: readonly Registered['shown'][] = ['confirmed', 'waitlisted', 'full']

export const isShown = (text: string | null): text is Registered['shown'] => shown.some((one) => one === text)

/** What the form needs; null: there is no such page. */
export async function registrationPage(ctx: AppContext, slug: string) {
  const [facts, profiles, departements, notice] = await Promise.all([
    activityFacts(ctx.db, { slug }),
    termsOf(ctx.db, 'profil'),
    departementOptions(ctx),
    formNotice(ctx.db, 'registration'),
  ])
  if (!facts || facts.status === 'draft' || facts.visibility === 'internal') return null
  return {
    activity: publicFacts(facts),
    state: registrationState(facts, ctx.now()),
    modes: modesOf(facts.mode),
    places: await placesOf(ctx.db, facts),
    profiles: termOptions(profiles),
    departements,
    consents: consentsAsked(facts),
    formToken: newFormToken(ctx),
    notice,
  }
}

export type RegistrationPage = NonNullable<Awaited<ReturnType<typeof registrationPage>>>
