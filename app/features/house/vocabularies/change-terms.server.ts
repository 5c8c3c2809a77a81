import { and, eq, isNull, sql } from 'drizzle-orm'
import { changedFields, type FieldChanges, recordChange } from '#app/platform/changes.server.ts'
import { type AppContext, can } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { terms, vocabularyVersions } from '#app/platform/schema.server.ts'
import { type Term, termsOf } from '#app/platform/terms.server.ts'
import { perimeters, vocabularyOf } from './vocabularies.ts'

export interface TermInput {
  label: string
  parentId: string | null
  /** Of a kind of activity: code of the national type, perimeter. */
  anct: string | null
  perimeter: string | null
}

export type TermError =
  | { type: 'not-allowed' }
  | { type: 'unknown-vocabulary' }
  | { type: 'unknown-term' }
  | { type: 'label-taken' }
  | { type: 'bad-parent' }
  | { type: 'has-children' }
  | { type: 'bad-anct' }
  | { type: 'bad-perimeter' }
  | { type: 'in-use' }

type Changed = Result<{ id: string }, TermError>
/** Says what the change is, or why it cannot be; null: nothing moved. */
type Work = (tx: Database, list: Term[]) => Promise<Result<Trace | null, TermError>>
interface Trace {
  id: string
  action: string
  fields: FieldChanges
}

export const addTerm = (ctx: AppContext, input: TermInput & { vocabulary: string }): Promise<Changed> =>
  change(ctx, input.vocabulary, async (tx, list) => {
    const checked = await check(tx, input.vocabulary, list, input)
    if (!checked.ok) return checked
    const code = freeCode(input.label, list)
    const id = `${input.vocabulary}:${code}`
    const position = Math.max(-10, ...list.map((term) => term.position)) + 10
    const row = { id, vocabulary: input.vocabulary, code, position, ...checked.value }
    await tx.insert(terms).values(row)
    return ok({ id, action: 'house.term-added', fields: changedFields<Record<string, unknown>>({}, checked.value) })
  })

export const updateTerm = (ctx: AppContext, input: TermInput & { vocabulary: string; id: string }): Promise<Changed> =>
  change(ctx, input.vocabulary, async (tx, list) => {
    const term = list.find(({ id }) => id === input.id)
    if (!term) return err({ type: 'unknown-term' })
    const checked = await check(tx, input.vocabulary, list, input, term)
    if (!checked.ok) return checked
    const fields = changedFields<Record<string, unknown>>({ ...term }, checked.value)
    if (Object.keys(fields).length === 0) return ok(null)
    await tx.update(terms).set(checked.value).where(eq(terms.id, term.id))
    return ok({ id: term.id, action: 'house.term-updated', fields })
  })

export interface TermId {
  vocabulary: string
  id: string
}

/** One place up or down among its like: the terms of one family, retired ones left aside. */
export const moveTerm = (ctx: AppContext, { vocabulary, id, to }: TermId & { to: 'up' | 'down' }): Promise<Changed> =>
  change(ctx, vocabulary, async (tx, list) => {
    const term = list.find((one) => one.id === id)
    if (!term) return err({ type: 'unknown-term' })
    const like = list.filter(({ parentId, retiredAt }) => parentId === term.parentId && !retiredAt)
    const at = like.indexOf(term)
    const other = like[to === 'up' ? at - 1 : at + 1]
    if (at < 0 || !other) return ok(null)
    const ordered = list.filter((one) => one !== term)
    ordered.splice(ordered.indexOf(other) + (to === 'up' ? 0 : 1), 0, term)
    for (const [index, { id: one, position }] of ordered.entries())
      if (position !== index * 10)
        await tx
          .update(terms)
          .set({ position: index * 10 })
          .where(eq(terms.id, one))
    return ok({ id, action: 'house.term-moved', fields: { place: [at + 1, like.indexOf(other) + 1] } })
  })

/** A term no longer offered; what was recorded with it keeps it. */
export const retireTerm = (ctx: AppContext, { vocabulary, id }: TermId): Promise<Changed> =>
  change(ctx, vocabulary, async (tx, list) => {
    const term = list.find((one) => one.id === id)
    if (!term) return err({ type: 'unknown-term' })
    if (term.retiredAt) return ok(null)
    if (list.some(({ parentId, retiredAt }) => parentId === id && !retiredAt)) return err({ type: 'has-children' })
    await tx.update(terms).set({ retiredAt: ctx.now() }).where(eq(terms.id, id))
    return ok({ id, action: 'house.term-retired', fields: { label: [term.label, null] } })
  })

export const restoreTerm = (ctx: AppContext, { vocabulary, id }: TermId): Promise<Changed> =>
  change(ctx, vocabulary, async (tx, list) => {
    const term = list.find((one) => one.id === id)
    if (!term) return err({ type: 'unknown-term' })
    if (!term.retiredAt) return ok(null)
    if (list.find((one) => one.id === term.parentId)?.retiredAt) return err({ type: 'bad-parent' })
    if (isTaken(term.label, list, id)) return err({ type: 'label-taken' })
    await tx.update(terms).set({ retiredAt: null }).where(eq(terms.id, id))
    return ok({ id, action: 'house.term-restored', fields: { label: [null, term.label] } })
  })

/** For a mistake: a term that anything refers to stays, the database itself refuses. */
export const deleteTerm = (ctx: AppContext, { vocabulary, id }: TermId): Promise<Changed> =>
  change(ctx, vocabulary, async (tx, list) => {
    const term = list.find((one) => one.id === id)
    if (!term) return err({ type: 'unknown-term' })
    const mapped = vocabulary === 'anct' && (await kindsOf(tx, term.code))
    if (mapped || !(await deleted(tx, id))) return err({ type: 'in-use' })
    return ok({ id, action: 'house.term-deleted', fields: { label: [term.label, null] } })
  })

/** A key that is still used: PostgreSQL says it in two ways, by version. */
const STILL_USED = ['23001', '23503']

async function deleted(tx: Database, id: string): Promise<boolean> {
  try {
    await tx.transaction((inner) => inner.delete(terms).where(eq(terms.id, id)))
    return true
  } catch (error) {
    const { code = '' } = ((error as Error).cause ?? {}) as { code?: string }
    if (STILL_USED.includes(code)) return false
    throw error
  }
}

/** Kinds of activity point at the national types by their code, which no foreign key watches. */
async function kindsOf(tx: Database, code: string): Promise<boolean> {
  const [kind] = await tx
    .select({ id: terms.id })
    .from(terms)
    .where(and(eq(terms.vocabulary, 'activite'), sql`${terms.attributes}->>'anct' = ${code}`))
    .limit(1)
  return kind !== undefined
}

/** One change at a time to a vocabulary: the change, its trace and the new version, or nothing. */
function change(ctx: AppContext, vocabulary: string, work: Work): Promise<Changed> {
  if (!can(ctx.actor, 'vocabularies:write')) return Promise.resolve(err({ type: 'not-allowed' }))
  if (!vocabularyOf(vocabulary)) return Promise.resolve(err({ type: 'unknown-vocabulary' }))
  return ctx.db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('vocabulary'), hashtext(${vocabulary}))`)
    const done = await work(tx, await termsOf(tx, vocabulary))
    if (!done.ok) return done
    if (!done.value) return ok({ id: '' })
    const { id, action, fields } = done.value
    await recordChange(tx, ctx, { action, entity: 'term', entityId: id, fields })
    await keepVersion(tx, ctx, vocabulary)
    return ok({ id })
  })
}

async function keepVersion(tx: Database, ctx: AppContext, vocabulary: string): Promise<void> {
  const list = await termsOf(tx, vocabulary)
  await tx.insert(vocabularyVersions).values({
    vocabulary,
    version: sql`(select coalesce(max(version), 0) + 1 from platform.vocabulary_version where vocabulary = ${vocabulary})`,
    at: ctx.now(),
    actorLabel: ctx.actor.label,
    terms: list.map(({ id, label, parentId, position, attributes, retiredAt }) => ({
      id,
      label,
      parentId,
      position,
      attributes,
      retiredAt,
    })),
  })
}

type TermColumns = Pick<Term, 'label' | 'parentId' | 'attributes'>

async function check(
  tx: Database,
  key: string,
  list: Term[],
  { label, parentId, anct, perimeter }: TermInput,
  self?: Term,
): Promise<Result<TermColumns, TermError>> {
  const vocabulary = vocabularyOf(key)!
  if (isTaken(label, list, self?.id)) return err({ type: 'label-taken' })
  const parent = vocabulary.families ? parentId : null
  if (parent && !canStandUnder(parent, list, self)) return err({ type: 'bad-parent' })
  if (!vocabulary.kinds) return ok({ label, parentId: parent, attributes: self?.attributes ?? {} })
  if (!anct || !(await isAnct(tx, anct, self))) return err({ type: 'bad-anct' })
  if (!perimeter || !perimeters.some((one) => one === perimeter)) return err({ type: 'bad-perimeter' })
  return ok({ label, parentId: null, attributes: { ...self?.attributes, anct, perimeter } })
}

/** Two levels, not three: a family stands under nothing, and what has members is a family. */
function canStandUnder(parentId: string, list: Term[], self?: Term): boolean {
  const parent = list.find(({ id }) => id === parentId)
  if (!parent || parent.parentId !== null || parent.id === self?.id) return false
  if (parent.retiredAt && self?.parentId !== parentId) return false
  return !self || !list.some((term) => term.parentId === self.id)
}

async function isAnct(tx: Database, code: string, self?: Term): Promise<boolean> {
  if (self?.attributes.anct === code) return true
  const [type] = await tx
    .select({ id: terms.id })
    .from(terms)
    .where(and(eq(terms.vocabulary, 'anct'), eq(terms.code, code), isNull(terms.retiredAt)))
  return type !== undefined
}

const plain = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')

const isTaken = (label: string, list: Term[], self?: string) =>
  list.some((term) => term.id !== self && !term.retiredAt && plain(term.label) === plain(label))

/** The code never changes afterwards: exports and addresses carry it. */
function freeCode(label: string, list: Term[]): string {
  const wanted =
    plain(label)
      .replace(/[^a-z0-9-]/g, '')
      .slice(0, 60) || 'terme'
  const taken = new Set(list.map(({ code }) => code))
  for (let n = 1; ; n += 1) {
    const code = n === 1 ? wanted : `${wanted}-${n}`
    if (!taken.has(code)) return code
  }
}
