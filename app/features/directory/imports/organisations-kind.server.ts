import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import type {
  ImportChoices,
  ImportKind,
  ImportTrace,
  StagedLine,
  Verdict,
  WrittenLines,
} from '#app/platform/imports.ts'
import { type BatchChange, madeFields, recordChanges, recordset } from './batch-writing.server.ts'
import {
  organisationColumns,
  type OrganisationField,
  organisationFields,
  organisationReader,
  type OrganisationSaid,
} from './organisation-line.server.ts'
import { directoryUndo } from './people-kind.server.ts'
import { personSentences } from './sentences.ts'

type OrganisationLine = Omit<StagedLine, 'said'> & { said: OrganisationSaid }
type OrganisationVerdict = Verdict & { fields?: Partial<Record<OrganisationField, string>> }

interface Known extends Record<string, unknown>, Record<OrganisationField, string | null> {
  line: number
  plain: string
  via: 'siret' | 'name' | null
  id: string | null
  label: string
}

/** For every line, the organisation of its SIRET, else of its name or of its acronym. */
async function knownFor(tx: Database, lines: readonly OrganisationLine[]): Promise<Map<number, Known[]>> {
  const asked = lines.map(({ line, said: { name, siret } }) => ({ line, name, siret: siret ?? '' }))
  const { rows } = await tx.execute<Known>(sql`
    with said as materialized (
      select line, platform.normalise(name) as plain, siret from ${recordset(asked, 'line int, name text, siret text')}
    ), found as (
      select line, 'siret' as via, o.id from said s join directory.organisation o on o.siret = s.siret where s.siret <> ''
      union all select line, 'name', o.id from said s join directory.organisation o on platform.normalise(o.name) = s.plain
    )
    select s.line, s.plain, f.via, k.id, k.name as label, k.acronym, k.siret, k.kind_id as "kindId", k.email, k.phone, k.website,
      k.departement_id as "departementId", k.note
    from said s left join found f using (line) left join directory.organisation o on o.id = f.id
    left join directory.organisation k on k.id = coalesce(o.merged_into_id, o.id)
    order by s.line, f.via = 'name', k.created_at, k.id`)
  return Map.groupBy(rows, ({ line }) => line)
}

class OrganisationsJudge {
  readonly #known: ImportChoices['known']
  readonly #seen = new Map<string, { line: number; siret: string | null; targetId: string | null }>()

  constructor({ known }: ImportChoices) {
    this.#known = known
  }

  async judge(tx: Database, lines: readonly OrganisationLine[]): Promise<Map<number, OrganisationVerdict>> {
    const known = await knownFor(tx, lines)
    const verdicts = new Map<number, OrganisationVerdict>()
    for (const line of lines) {
      const rows = known.get(line.line)!
      const verdict = this.#one(line, rows)
      verdicts.set(line.line, verdict)
      if (verdict.outcome !== 'rejected' && verdict.outcome !== 'doubtful')
        this.#remember(line, rows[0]!.plain, verdict)
    }
    return verdicts
  }

  #one({ said, decision, decidedId }: OrganisationLine, rows: readonly Known[]): OrganisationVerdict {
    if (decision === 'out') return { outcome: 'rejected', reasons: [{ code: 'left-out' }] }
    // a SIRET is never shared, whatever was decided; a name may be
    const twin = this.#seen.get(`s ${said.siret}`) ?? (decision ? undefined : this.#seen.get(`n ${rows[0]!.plain}`))
    if (twin && !(said.siret && twin.siret && said.siret !== twin.siret)) {
      const reasons = [{ code: 'organisation-twin', text: String(twin.line) }]
      return { ...this.#complete(said, rows, twin.targetId), twinOf: twin.line, reasons }
    }
    const match = decidedId ? rows.find(({ id }) => id === decidedId) : matching(said, rows)
    if (decision === 'same' && decidedId) return this.#complete(said, rows, decidedId)
    // a SIRET belongs to one organisation, whatever was chosen
    const asNew = decision === 'new' || this.#known === 'new'
    if (!match || (asNew && match.via !== 'siret')) return { outcome: 'create' }
    if (this.#known === 'ask')
      return {
        outcome: 'doubtful',
        candidates: [{ id: match.id!, label: match.label }],
        reasons: [{ code: 'known', text: match.label }],
      }
    return this.#complete(said, rows, match.id)
  }

  #complete(said: OrganisationSaid, rows: readonly Known[], targetId: string | null): OrganisationVerdict {
    const row = rows.find(({ id }) => id === targetId)
    const others = rows.some(({ via, id }) => via === 'siret' && id !== targetId)
    const fields: OrganisationVerdict['fields'] = {}
    for (const key of organisationFields) {
      if (row && row[key] === null && said[key] !== null && !(key === 'siret' && others)) fields[key] = said[key]
    }
    const nothing = targetId !== null && Object.keys(fields).length === 0
    return { outcome: nothing || this.#known === 'keep' ? 'same' : 'complete', targetId, fields }
  }

  #remember({ line, said }: OrganisationLine, plain: string, { targetId = null, twinOf }: OrganisationVerdict) {
    const seen = { line: twinOf ?? line, siret: said.siret, targetId }
    for (const key of [`n ${plain}`, ...(said.siret ? [`s ${said.siret}`] : [])])
      if (!this.#seen.has(key)) this.#seen.set(key, seen)
  }
}

/** Two branches of one name have two SIRETs. */
const matching = ({ siret }: OrganisationSaid, rows: readonly Known[]) =>
  rows.find(({ via, siret: known }) => via === 'siret' || (via === 'name' && !(siret && known && siret !== known)))

async function write(
  tx: Database,
  ctx: AppContext,
  lines: readonly OrganisationLine[],
  verdicts: ReadonlyMap<number, OrganisationVerdict>,
): Promise<WrittenLines> {
  const drafts = new Map<number, OrganisationSaid & { id: string; line: number }>()
  const fills = new Map<string, { id: string; line: number; fields: Partial<Record<OrganisationField, string>> }>()
  const targets = new Map<number, string>()
  for (const { line, said } of lines) {
    const { outcome, twinOf, targetId, fields = {} } = verdicts.get(line)!
    const leader = twinOf != null ? drafts.get(twinOf) : undefined
    if (outcome === 'create') drafts.set(line, { ...said, id: randomUUID(), line })
    else if (leader) for (const key of organisationFields) leader[key] ??= said[key]
    else if (targetId && outcome === 'complete')
      fills.set(targetId, { id: targetId, line, fields: { ...fields, ...fills.get(targetId)?.fields } })
    const id = drafts.get(line)?.id ?? leader?.id ?? targetId
    if (id) targets.set(line, id)
  }
  await insertAll(tx, ctx, [...drafts.values()])
  await fillAll(tx, ctx, [...fills.values()])
  const of = (entityId: string, action: string, fields: BatchChange['fields']) => ({
    action,
    entity: 'organisation',
    entityId,
    fields,
  })
  await recordChanges(tx, ctx, [
    ...[...drafts.values()].map(({ id }) => of(id, 'directory.organisation-added', { source: [null, 'import'] })),
    ...[...fills.values()].map(({ id, fields }) => of(id, 'directory.organisation-updated', madeFields(fields))),
  ])
  const traces: ImportTrace[] = [
    ...[...drafts.values()].map(
      ({ id, line }): ImportTrace => ({ line, entity: 'organisation', entityId: id, act: 'made' }),
    ),
    ...[...fills.values()].map(
      ({ id, line, fields }): ImportTrace => ({ line, entity: 'organisation', entityId: id, act: 'filled', fields }),
    ),
  ]
  return { traces, targets }
}

const COLUMNS =
  'id uuid, name text, acronym text, siret text, "kindId" text, email text, phone text, website text, "departementId" text, note text'

async function insertAll(tx: Database, ctx: AppContext, drafts: readonly object[]) {
  if (drafts.length === 0) return
  const now = ctx.now().toISOString()
  await tx.execute(sql`
    insert into directory.organisation (id, name, acronym, siret, kind_id, email, phone, website, departement_id, note, created_at, updated_at)
    select r.id, r.name, r.acronym, r.siret, r."kindId", r.email, r.phone, r.website, r."departementId", r.note, ${now}::timestamptz, ${now}::timestamptz
    from ${recordset(drafts, COLUMNS)}`)
}

async function fillAll(tx: Database, ctx: AppContext, fills: readonly { id: string; fields: object }[]) {
  if (fills.length === 0) return
  await tx.execute(sql`
    update directory.organisation o set acronym = coalesce(o.acronym, r.acronym), siret = coalesce(o.siret, r.siret),
      kind_id = coalesce(o.kind_id, r."kindId"), email = coalesce(o.email, r.email), phone = coalesce(o.phone, r.phone),
      website = coalesce(o.website, r.website), departement_id = coalesce(o.departement_id, r."departementId"),
      note = coalesce(o.note, r.note), updated_at = ${ctx.now().toISOString()}::timestamptz
    from ${recordset(
      fills.map(({ id, fields }) => ({ id, ...fields })),
      COLUMNS,
    )} where o.id = r.id`)
}

/** The locks of a form (locks.server.ts), in one order. */
const lockNames = (tx: Database, lines: readonly OrganisationLine[]) =>
  tx.execute(sql`
    select count(pg_advisory_xact_lock(hashtextextended('directory.organisation:' || plain, 0))) from (
      select distinct platform.normalise(name) as plain from unnest(${sql.param(lines.map(({ said }) => said.name))}::text[]) as t(name) order by 1) n`)

export const organisationsKind: ImportKind = {
  key: 'organisations',
  label: 'Organisations',
  detail: 'Communes, associations, services de l’État : nom, SIRET, coordonnées.',
  people: false,
  permissions: ['directory:write'],
  columns: organisationColumns,
  needs: [{ oneOf: ['name'], sentence: 'Dites quelle colonne donne le nom de l’organisation.' }],
  summary: ({ name, acronym, siret, email }) => [name, acronym, siret, email].filter(Boolean).join(', '),
  sentences: personSentences,
  open: async (db, choices) => {
    const read = await organisationReader(db)
    const judge = new OrganisationsJudge(choices)
    return {
      read: (cells) => {
        const { said, reasons } = read(cells)
        return { said: reasons.some(({ fatal }) => fatal) ? null : said, reasons }
      },
      lock: async (tx, lines) => void (await lockNames(tx, lines as OrganisationLine[])),
      judge: (tx, lines) => judge.judge(tx, lines as OrganisationLine[]),
      write: (tx, { ctx }, lines, verdicts) =>
        write(tx, ctx, lines as OrganisationLine[], verdicts as ReadonlyMap<number, OrganisationVerdict>),
    }
  },
  undo: directoryUndo,
}
