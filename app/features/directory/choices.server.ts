import { departementOptions } from '#app/features/territory/index.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import { type Term, termOptions, termsOf } from '#app/platform/terms.server.ts'

/** What the forms and filters of people offer. */
export async function personChoices(ctx: AppContext, kept?: string | null) {
  const [departements, profiles] = await Promise.all([departementOptions(ctx), termsOf(ctx.db, 'profil')])
  return { departements, profiles: termOptions(profiles, kept) }
}

export async function organisationChoices(ctx: AppContext, kept?: string | null) {
  const [departements, kinds] = await Promise.all([departementOptions(ctx), termsOf(ctx.db, 'organisation')])
  return { departements, kinds: termOptions(kinds, kept) }
}

/** The upper level of the vocabulary of profiles; a retired family can still be looked for. */
export const families = (profiles: readonly Term[]) =>
  profiles.filter(({ parentId }) => parentId === null).map(({ id, label }) => ({ value: id, label }))
