import { sql } from 'drizzle-orm'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import type { Mail } from '#app/platform/mail.server.ts'
import { readCentre } from '#app/platform/settings.server.ts'
import { signLink } from '#app/platform/signed-link.server.ts'
import { formatDateRange } from '#app/ui/french.ts'
import type { Audience, Visibility } from '../labels.ts'
import { instantOrNull } from '../instant.server.ts'
import { ownLink } from '../registration/links.server.ts'
import { type Block, htmlOf, link, prose, text, textOf } from '../registration/mails/compose.ts'
import { fillMerge, type MergeField, mergeFields, parseMerge } from './merge-fields.ts'
import type { Recipient } from './recipients.server.ts'

/** What was written, as it is kept. */
export interface Written {
  audience: Audience
  subject: string
  body: string
  documentIds: readonly string[]
  documentMonths: number
}

/** What every copy of a message has in common: read once for all. */
export interface Common {
  title: string
  slug: string
  when: string
  place: string
  endsAt: Date | null
  lead: string
  leadEmail: string | null
  centre: string
  documents: string
}

interface Row extends Record<string, unknown> {
  title: string
  slug: string
  status: string
  visibility: Visibility
  place: string | null
  startsAt: string | null
  endsAt: string | null
  lead: string | null
  leadEmail: string | null
  documents: { id: string; title: string; url: string | null; public: boolean }[]
}

const MONTH_DAYS = 30.5

export async function commonOf(
  db: Database,
  ctx: AppContext,
  activityId: string,
  { documentIds, documentMonths }: Pick<Written, 'documentIds' | 'documentMonths'>,
): Promise<Common | null> {
  const { rows } = await db.execute<Row>(sql`
    select a.title, a.slug, a.status, a.visibility, a.place, a.starts_at as "startsAt", a.ends_at as "endsAt",
      p.full_name as lead, p.email as "leadEmail",
      coalesce((select json_agg(json_build_object('id', d.id, 'title', d.title, 'url', d.url, 'public', d.public)
        order by d.position, d.created_at) from activities.document d
        where d.activity_id = a.id and d.id = any(${sql.param([...documentIds])}::uuid[])), '[]') as documents
    from activities.activity a left join directory.person_card p on p.id = a.lead_person_id where a.id = ${activityId}`)
  const [row] = rows
  if (!row) return null
  const [startsAt, endsAt] = [instantOrNull(row.startsAt), instantOrNull(row.endsAt)]
  const open = row.status !== 'draft' && row.visibility !== 'internal'
  const expiresAt = new Date(ctx.now().getTime() + documentMonths * MONTH_DAYS * 86_400_000)
  const hrefOf = ({ id, url, public: shown }: Row['documents'][number]) =>
    url ??
    (shown && open
      ? `${ctx.baseUrl}/documents/${id}`
      : `${ctx.baseUrl}/documents/lien/${signLink(ctx.secret, 'follow-up-document', { id, expiresAt })}`)
  const centre = await readCentre(db)
  return {
    title: row.title,
    slug: row.slug,
    when: startsAt && endsAt ? formatDateRange(startsAt, endsAt, 'full') : 'date à préciser',
    place: row.place ?? '',
    endsAt,
    lead: row.lead ?? centre.name,
    leadEmail: row.leadEmail,
    centre: centre.name,
    documents: row.documents.map((document) => `${document.title} : ${hrefOf(document)}`).join('\n'),
  }
}

/** Absent people have no certificate. */
export const fieldsFor = (audience: Audience): readonly MergeField[] =>
  audience === 'present' ? mergeFields : mergeFields.filter((field) => field !== 'lien de l’attestation')

export type Copy = Pick<Mail, 'subject' | 'text' | 'html'>

/** One copy, for one person. `shown`: on screen or to oneself, links that belong to somebody lead nowhere. */
export function copyFor(
  ctx: AppContext,
  written: Written,
  common: Common,
  recipient: Pick<Recipient, 'attendanceId' | 'linkVersion' | 'givenName' | 'familyName'>,
  { shown = false } = {},
): Copy {
  const own = shown ? `${ctx.baseUrl}/inscription/lien-personnel` : personalLink(ctx, recipient, common)
  const values: Record<MergeField, string> = {
    prénom: recipient.givenName,
    nom: recipient.familyName,
    activité: common.title,
    date: common.when,
    lieu: common.place,
    documents: common.documents,
    'lien de l’attestation': `${own}/attestation.pdf`,
    'lien de l’activité': `${ctx.baseUrl}/agenda/${common.slug}`,
    responsable: common.lead,
    centre: common.centre,
  }
  const fill = (words: string) => {
    const read = parseMerge(words, fieldsFor(written.audience))
    if (!read.ok) throw new Error('a message was kept with fields that nobody knows')
    return fillMerge(read.value, values)
  }
  const blocks: Block[] = [
    ...fill(written.body)
      .split(/\n{2,}/)
      .filter((words) => words.trim() !== '')
      .map(prose),
    text('Vous recevez ce message parce que vous étiez inscrit·e à cette activité ou que vous y avez participé.'),
    link('Ne plus recevoir de message après une activité', `${own}/messages`),
  ]
  return { subject: fill(written.subject), text: textOf(blocks), html: htmlOf(blocks) }
}

/** Thirty days from today at least: these messages leave after the activity. */
const personalLink = (
  ctx: AppContext,
  { attendanceId, linkVersion }: Pick<Recipient, 'attendanceId' | 'linkVersion'>,
  { endsAt }: Common,
) =>
  ownLink(
    ctx,
    { id: attendanceId, linkVersion },
    { endsAt: endsAt && new Date(Math.max(endsAt.getTime(), ctx.now().getTime())) },
  )
