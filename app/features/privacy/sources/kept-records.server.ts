import { sql } from 'drizzle-orm'
import { actionLabel, purposeLabel } from '#app/features/house/labels.ts'
import { type MailStatus, mailStatusLabels } from '#app/features/house/labels.ts'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import {
  type DataSection,
  ERASED,
  type Erased,
  type PersonalData,
  type Subject,
} from '#app/platform/personal-data.server.ts'
import { formatDate, formatDateTime } from '#app/ui/french.ts'

const texts = (list: readonly string[]) => sql`${sql.param([...list])}::text[]`

/** Mails and traces of changes: kept by the platform, about people whom features name. */
export const keptRecords: PersonalData = {
  key: 'kept-records',
  tables: {
    'platform.mail': 'deleted',
    'platform.change': { erased: ['actor_id', 'actor_label', 'entity_id', 'fields'], kept: 'the-rest' },
    'platform.vocabulary_version': { erased: ['actor_label'], kept: 'the-rest' },
  },
  collect: async (ctx, subject) => [await mails(ctx, subject), await changes(ctx, subject)],
  erase: async (tx, _ctx, subject) => {
    await forgetMails(tx, subject)
    await forgetChanges(tx, subject)
    await scrubQuotes(tx, subject)
    if (subject.signatures.length > 0)
      await tx.execute(sql`
        update platform.vocabulary_version set actor_label = ${ERASED} where actor_label = any(${texts(subject.signatures)})`)
  },
}

/** Theirs by the record it is about, or by the address; to somebody else of the same address, it stays. */
const forgetMails = (tx: Database, { traces, words }: Erased) =>
  tx.execute(sql`
    delete from platform.mail where entity || ':' || entity_id = any(${texts(traces)})
      or (lower(to_address) = any(${texts(words)}) and (to_name is null or lower(to_name) = any(${texts(words)})))`)

/** What the team did stays dated and signed; on whom, and what was written, does not. */
const forgetChanges = (tx: Database, { traces }: Erased) =>
  tx.execute(sql`
    update platform.change c set fields = '{}', entity_id = 'effacee'
    from unnest(${texts(traces)}) as t (trace)
    where c.entity = split_part(t.trace, ':', 1) and c.entity_id = split_part(t.trace, ':', 2)`)

/**
 * Other records may quote them: a speaker in a programme, an address in an invitation, the id of a removed walk-in. What happens to
 * somebody else's presence, by far the most of the trail, quotes nobody.
 */
async function scrubQuotes(tx: Database, { records, words }: Erased) {
  const quoted = [...new Set([...records, ...words.filter((word) => word.length >= 5)])].map(literal)
  if (quoted.length === 0) return
  const pattern = `(?<![[:alnum:]])(${quoted.join('|')})(?![[:alnum:]])`
  await tx.execute(sql`
    update platform.change set fields = regexp_replace(fields::text, ${pattern}, ${ERASED}, 'gi')::jsonb
    where fields <> '{}'::jsonb and (entity <> 'attendance' or fields ? 'personId') and fields::text ~* ${pattern}`)
}

/** As the text of a JSON document writes it, without a meaning for the regular expression. */
const literal = (word: string) =>
  JSON.stringify(word)
    .slice(1, -1)
    .replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')

async function mails(ctx: AppContext, { traces }: Subject): Promise<DataSection> {
  const { rows } = await ctx.db.execute<{
    purpose: string
    subject: string
    to: string
    at: string
    status: MailStatus
  }>(sql`
    select purpose, subject, to_address as to, created_at as at, status from platform.mail
    where entity || ':' || entity_id = any(${texts(traces)}) order by created_at desc, id limit 5000`)
  const entries = rows.map(({ purpose, subject, to, at, status }) => ({
    title: subject,
    facts: [
      ['Objet', purposeLabel(purpose)],
      ['Écrit le', formatDate(new Date(at))],
      ['À', to],
      ['État', mailStatusLabels[status].toLowerCase()],
    ] as [string, string | null][],
  }))
  return { key: 'mails', title: 'Messages envoyés', entries }
}

/** When something changed and what it was; by whom is the business of the team. */
async function changes(ctx: AppContext, { traces }: Subject): Promise<DataSection> {
  const { rows } = await ctx.db.execute<{ action: string; at: string; team: boolean }>(sql`
    select c.action, c.at, c.actor_id is not null as team from platform.change c
    join unnest(${texts(traces)}) as t (trace) on c.entity = split_part(t.trace, ':', 1) and c.entity_id = split_part(t.trace, ':', 2)
    order by c.id desc limit 5000`)
  const entries = rows.map(({ action, at, team }) => ({
    title: actionLabel(action),
    facts: [
      ['Le', formatDateTime(new Date(at))],
      ['Par', team ? 'l’équipe du centre' : 'la personne, ou le site lui-même'],
    ] as [string, string | null][],
  }))
  return { key: 'changes', title: 'Traces des changements', entries }
}
