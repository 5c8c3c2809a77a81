import { and, desc, eq, sql } from 'drizzle-orm'
import { type AppContext, can } from '#app/platform/context.ts'
import { vocabularyVersions } from '#app/platform/schema.server.ts'
import { type Term, termsOf } from '#app/platform/terms.server.ts'
import { vocabularies, type Vocabulary, vocabularyOf } from './vocabularies.ts'

export interface VersionHead {
  version: number
  at: Date
  actorLabel: string
  terms: number
}

/** A term as a version keeps it. */
export type VersionTerm = Pick<Term, 'id' | 'label' | 'parentId' | 'attributes'> & { retired: boolean }

const head = {
  version: vocabularyVersions.version,
  at: vocabularyVersions.at,
  actorLabel: vocabularyVersions.actorLabel,
  terms: sql<number>`jsonb_array_length(${vocabularyVersions.terms})`,
}

/** Every vocabulary, how many terms it offers and when it last changed. */
export async function listVocabularies(
  ctx: AppContext,
): Promise<(Vocabulary & { offered: number; last: VersionHead | null })[]> {
  if (!can(ctx.actor, 'vocabularies:write')) return []
  const { rows } = await ctx.db.execute<{ vocabulary: string; offered: number }>(
    sql`select vocabulary, count(*)::int as offered from platform.term where retired_at is null group by vocabulary`,
  )
  const last = await ctx.db
    .selectDistinctOn([vocabularyVersions.vocabulary], { vocabulary: vocabularyVersions.vocabulary, ...head })
    .from(vocabularyVersions)
    .orderBy(vocabularyVersions.vocabulary, desc(vocabularyVersions.version))
  return vocabularies.map((vocabulary) => ({
    ...vocabulary,
    offered: rows.find((row) => row.vocabulary === vocabulary.key)?.offered ?? 0,
    last: last.find((row) => row.vocabulary === vocabulary.key) ?? null,
  }))
}

export async function readVocabulary(ctx: AppContext, key: string | undefined) {
  const vocabulary = vocabularyOf(key)
  if (!vocabulary || !can(ctx.actor, 'vocabularies:write')) return null
  const [terms, anct, versions] = await Promise.all([
    termsOf(ctx.db, vocabulary.key),
    vocabulary.kinds ? termsOf(ctx.db, 'anct') : [],
    ctx.db
      .select(head)
      .from(vocabularyVersions)
      .where(eq(vocabularyVersions.vocabulary, vocabulary.key))
      .orderBy(desc(vocabularyVersions.version))
      .limit(100),
  ])
  return { vocabulary, terms, anct, versions }
}

/** The words as they were: a past year is read with its own. */
export async function readVersion(ctx: AppContext, key: string | undefined, version: number) {
  const vocabulary = vocabularyOf(key)
  if (!vocabulary || !can(ctx.actor, 'vocabularies:write')) return null
  const [row] = await ctx.db
    .select({ ...head, list: vocabularyVersions.terms })
    .from(vocabularyVersions)
    .where(and(eq(vocabularyVersions.vocabulary, vocabulary.key), eq(vocabularyVersions.version, version)))
  if (!row) return null
  const { list, ...about } = row
  const kept = list as (VersionTerm & { retiredAt?: string | null })[]
  const terms = kept.map(({ id, label, parentId, attributes, retiredAt }) => ({
    id,
    label,
    parentId,
    attributes,
    retired: Boolean(retiredAt),
  }))
  return { vocabulary, ...about, terms }
}
