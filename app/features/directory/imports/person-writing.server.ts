import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Database } from '#app/platform/database.server.ts'
import type { ImportChoices, ImportRun, ImportTrace } from '#app/platform/imports.ts'
import { type BatchChange, madeFields, recordChanges } from './batch-writing.server.ts'
import { organisationsNamed } from './organisations-named.server.ts'
import type { PersonSaid, SaidConsent } from './person-line.server.ts'
import { fillPeople, fillSituations, insertConsents, insertPeople, insertSituations } from './person-rows.server.ts'
import type { PersonLine, PersonVerdict } from './person-verdicts.server.ts'

export interface WrittenPeople {
  /** Who each line is, made or found. */
  people: Map<number, string>
  organisations: Map<string, string>
  traces: ImportTrace[]
}

export type Draft = PersonSaid & { id: string; line: number }

export interface Situation {
  id: string
  line: number
  personId: string
  said: PersonSaid
  organisation: string
}

export interface Work {
  drafts: Map<number, Draft>
  fills: { line: number; id: string; fields: Record<string, string> }[]
  situations: Situation[]
  situationFills: { line: number; id: string; personId: string; function?: string; profileId?: string }[]
  consents: { line: number; personId: string; consent: SaidConsent }[]
  people: Map<number, string>
}

/** Everything a batch of lines makes or fills, in a fixed number of statements. */
export async function writePeople(
  tx: Database,
  { ctx, fileName }: ImportRun,
  lines: readonly PersonLine[],
  verdicts: ReadonlyMap<number, PersonVerdict>,
  { addOrganisations }: ImportChoices,
): Promise<WrittenPeople> {
  const work = sortOut(lines, verdicts)
  const names = work.situations.flatMap(({ said }) => said.organisation ?? [])
  const organisations = await organisationsNamed(tx, ctx, names, addOrganisations)
  await insertPeople(tx, ctx, [...work.drafts.values()])
  await fillPeople(tx, ctx, work.fills)
  await insertSituations(tx, ctx, work.situations, organisations.ids)
  await fillSituations(tx, work.situationFills)
  const consents = await insertConsents(tx, ctx, work.consents, fileName)
  await recordChanges(tx, ctx, changesOf(work))
  const firstLine = lines[0]?.line ?? 0
  const traces: ImportTrace[] = [
    ...organisations.made.map(({ id, name }) => made(lineNaming(lines, name) ?? firstLine, 'organisation', id)),
    ...[...work.drafts.values()].map(({ line, id }) => made(line, 'person', id)),
    ...work.fills.map(
      ({ line, id, fields }): ImportTrace => ({ line, entity: 'person', entityId: id, act: 'filled', fields }),
    ),
    ...work.situations.map(({ line, id }) => made(line, 'affiliation', id)),
    ...work.situationFills.map(
      ({ line, id, personId: _, ...fields }): ImportTrace => ({
        line,
        entity: 'affiliation',
        entityId: id,
        act: 'filled',
        fields,
      }),
    ),
    ...consents.map(({ line, id }) => made(line, 'consent', id)),
  ]
  return { people: work.people, organisations: organisations.ids, traces }
}

const made = (line: number, entity: string, entityId: string): ImportTrace => ({ line, entity, entityId, act: 'made' })

const lineNaming = (lines: readonly PersonLine[], name: string) =>
  lines.find(({ said }) => said.organisation === name)?.line

/** Until the commit, no registration makes somebody with one of these addresses: the locks of locks.server.ts, in one order. */
export const lockAddresses = (tx: Database, lines: readonly PersonLine[]) =>
  tx.execute(sql`
    select count(pg_advisory_xact_lock(hashtextextended('directory.person:' || email, 0))) from (
      select distinct email from unnest(${sql.param(lines.flatMap(({ said }) => said.email ?? []))}::text[]) as t(email) order by 1) e`)

function sortOut(lines: readonly PersonLine[], verdicts: ReadonlyMap<number, PersonVerdict>): Work {
  const work: Work = {
    drafts: new Map(),
    fills: [],
    situations: [],
    situationFills: [],
    consents: [],
    people: new Map(),
  }
  for (const { line, said } of lines) {
    const verdict = verdicts.get(line)!
    const { outcome, twinOf, targetId } = verdict
    if (outcome === 'create') makeOne(work, line, said, verdict)
    else if (outcome === 'complete' || outcome === 'same') {
      const leader = twinOf != null ? work.drafts.get(twinOf) : undefined
      const personId = targetId ?? leader?.id
      if (!personId) continue
      work.people.set(line, personId)
      if (leader) joinTwin(work, leader, line, said, verdict)
      else if (outcome === 'complete') complete(work, line, personId, said, verdict)
    }
  }
  return work
}

function makeOne(work: Work, line: number, said: PersonSaid, { organisation = '' }: PersonVerdict) {
  const draft = { ...said, id: randomUUID(), line }
  work.drafts.set(line, draft)
  work.people.set(line, draft.id)
  if (said.organisation || said.function || said.profileId) addSituation(work, line, draft.id, said, organisation)
  for (const consent of said.consents) work.consents.push({ line, personId: draft.id, consent })
}

/** Somebody whom an earlier line of this batch makes: what that line did not say is added before anything is written. */
function joinTwin(work: Work, leader: Draft, line: number, said: PersonSaid, { organisation = '' }: PersonVerdict) {
  leader.email ??= said.email
  leader.phone ??= said.phone
  leader.departementId ??= said.departementId
  leader.note ??= said.note
  const own = work.situations.filter(({ personId }) => personId === leader.id)
  const same = own.find((one) => one.organisation === organisation)
  if (same) {
    same.said = {
      ...same.said,
      function: same.said.function ?? said.function,
      profileId: same.said.profileId ?? said.profileId,
    }
  } else if (said.organisation || (own.length === 0 && (said.function || said.profileId))) {
    addSituation(work, line, leader.id, said, organisation)
  }
  for (const consent of said.consents) {
    const told = work.consents.some(
      (one) => one.personId === leader.id && one.consent.purpose === consent.purpose && one.consent.day === consent.day,
    )
    if (!told) work.consents.push({ line, personId: leader.id, consent })
  }
}

function complete(
  work: Work,
  line: number,
  personId: string,
  said: PersonSaid,
  { gap, organisation = '' }: PersonVerdict,
) {
  if (!gap) return
  const earlier = work.fills.filter(({ id }) => id === personId)
  const fields = Object.fromEntries(
    Object.entries(gap.fields).filter(([key]) => !earlier.some((one) => key in one.fields)),
  )
  if (Object.keys(fields).length > 0) work.fills.push({ line, id: personId, fields })
  const added = work.situations.some((one) => one.personId === personId && one.organisation === organisation)
  if (gap.situation === 'add') {
    if (!added) addSituation(work, line, personId, said, organisation)
  } else if (gap.situation) {
    const { id, ...fill } = gap.situation
    if (!work.situationFills.some((one) => one.id === id)) work.situationFills.push({ line, id, personId, ...fill })
  }
  for (const consent of gap.consents) work.consents.push({ line, personId, consent })
}

const addSituation = (work: Work, line: number, personId: string, said: PersonSaid, organisation: string) =>
  void work.situations.push({ id: randomUUID(), line, personId, said, organisation })

function changesOf(work: Work): BatchChange[] {
  const of = (entityId: string, action: string, fields: BatchChange['fields']) => ({
    action,
    entity: 'person',
    entityId,
    fields,
  })
  return [
    ...[...work.drafts.values()].map(({ id }) => of(id, 'directory.person-added', { source: [null, 'import'] })),
    ...work.fills.map(({ id, fields }) => of(id, 'directory.person-updated', madeFields(fields))),
    ...work.situations.map(({ personId, said: { organisation, function: work_, profileId, validFrom } }) =>
      of(personId, 'directory.situation-noted', madeFields({ organisation, function: work_, profileId, validFrom })),
    ),
    ...work.situationFills.map(({ personId, id: _id, line: _line, ...fields }) =>
      of(personId, 'directory.situation-updated', madeFields(fields)),
    ),
    ...work.consents.map(({ personId, consent }) =>
      of(personId, 'directory.consents-recorded', { [consent.purpose]: [null, consent.given] }),
    ),
  ]
}
