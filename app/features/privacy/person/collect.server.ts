import { sql } from 'drizzle-orm'
import { recordChange } from '#app/platform/changes.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import type { DataSection, PersonalData } from '#app/platform/personal-data.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { tracesOf } from '../erasure/subject.server.ts'

export interface PersonData {
  personId: string
  name: string
  collectedAt: Date
  sections: DataSection[]
}

/**
 * All that the house holds of a person, merged records included, as each feature tells it. The caller has checked that the reader
 * may: a member of the team who holds the right, or the person by a link just sent to their own address.
 */
export async function collectData(
  ctx: AppContext,
  sources: readonly PersonalData[],
  personId: string,
): Promise<PersonData | null> {
  const { rows } = await ctx.db.execute<{ id: string; identityId: string; name: string }>(sql`
    select r.id, k.id as "identityId", k.full_name as name from directory.person_card p
    join directory.person_card k on k.id = p.identity_id join directory.person_card r on r.identity_id = k.id
    where p.id = ${personId} and k.id in (select id from directory.person where erased_year is null)`)
  if (!rows[0]) return null
  const records = rows.map(({ id }) => id)
  const traces = (await tracesOf(ctx.db, sources, records)).map(({ trace }) => trace)
  const told = await Promise.all(sources.map(({ collect }) => collect?.(ctx, { records, traces }) ?? []))
  const sections = told.flat().map(({ entries, ...section }) => ({
    ...section,
    entries: entries
      .map((entry) => ({ ...entry, facts: entry.facts.filter(([, value]) => value !== null && value !== '') }))
      .filter(({ title, facts }) => title || facts.length > 0),
  }))
  // who they are first, what the house keeps of its own doings last
  const ordered = [...sections.filter(({ key }) => key === 'identity'), ...sections.filter(({ key }) => !last(key))]
  const unique = [...new Set([...ordered, ...sections])]
  return { personId: rows[0].identityId, name: rows[0].name, collectedAt: ctx.now(), sections: unique }
}

const last = (key: string) => key === 'identity' || key === 'mails' || key === 'changes'

export type ReadDataError = { type: 'not-allowed' } | { type: 'not-found' }

/** For the office: shown or taken away, it leaves a trace. */
export async function readPersonData(
  ctx: AppContext,
  sources: readonly PersonalData[],
  personId: string,
  { taken = false } = {},
): Promise<Result<PersonData, ReadDataError>> {
  if (!can(ctx.actor, 'privacy:read')) return err({ type: 'not-allowed' })
  const data = await collectData(ctx, sources, personId)
  if (!data) return err({ type: 'not-found' })
  if (taken)
    await recordChange(ctx.db, ctx, { action: 'privacy.data-exported', entity: 'person', entityId: data.personId })
  return ok(data)
}

/** The same for a program (art. 20): facts by name, sections in order. */
export const dataAsJson = ({ name, collectedAt, sections }: PersonData) =>
  `${JSON.stringify(
    {
      personne: name,
      extraitLe: collectedAt.toISOString(),
      donnees: sections.map(({ key, title, entries }) => ({
        rubrique: key,
        titre: title,
        elements: entries.map((entry) => ({
          ...(entry.title ? { titre: entry.title } : {}),
          // two facts may bear one name: a list keeps both
          faits: entry.facts.map(([nom, valeur]) => ({ nom, valeur })),
        })),
      })),
    },
    null,
    2,
  )}\n`

export const jsonAnswer = (data: PersonData): Response =>
  new Response(dataAsJson(data), {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="mes-donnees.json"',
      'cache-control': 'private, no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
  })
