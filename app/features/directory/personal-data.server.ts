import { sql } from 'drizzle-orm'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { type DataSection, ERASED, type PersonalData, type Subject } from '#app/platform/personal-data.server.ts'
import { formatDate } from '#app/ui/french.ts'
import { consentHowLabel, consentLabels, type ConsentPurpose } from './labels.ts'

const uuids = (ids: readonly string[]) => sql`${sql.param([...ids])}::uuid[]`

/** What the directory holds of a person; the last to be erased, since the rest hangs on it. */
export const directoryPersonalData: PersonalData = {
  key: 'directory',
  tables: {
    'directory.person': 'deleted',
    'directory.affiliation': 'deleted',
    'directory.consent': 'deleted',
    'directory.merge': 'deleted',
    'directory.distinct_pair': 'deleted',
    'directory.duplicate_pair': 'deleted',
    'directory.word': 'deleted',
    'directory.import': { erased: ['owner_label'], kept: 'the-rest' },
    'directory.import_row': { erased: ['cells', 'said', 'candidates', 'target_id', 'decided_id'], kept: 'the-rest' },
    'directory.import_trace': 'deleted',
  },
  traces: sql`select 'person' as entity, id::text as entity_id, id as person_id from directory.person`,
  lastActions: sql`
    select id as person_id, 'added' as kind, created_at as at from directory.person where erased_year is null
    union all select person_id, 'consent', max(at) from directory.consent where how <> 'import' group by person_id`,
  collect: async (ctx, subject) => [
    ...(await identity(ctx, subject)),
    ...(await situations(ctx, subject)),
    ...(await consents(ctx, subject)),
  ],
  erase: async (tx, _ctx, { records, signatures, words }) => {
    await forgetWords(tx, records)
    await tx.execute(sql`delete from directory.consent where person_id = any(${uuids(records)})`)
    await tx.execute(sql`delete from directory.affiliation where person_id = any(${uuids(records)})`)
    await forgetPairs(tx, records)
    await forgetImported(tx, records, words)
    await sign(tx, signatures)
    await tx.execute(sql`delete from directory.person where id = any(${uuids(records)})`)
  },
}

/** Decisions on duplicates and merges, and what the merged records said. */
async function forgetPairs(tx: Database, records: readonly string[]) {
  const ids = uuids(records)
  for (const table of [sql`directory.distinct_pair`, sql`directory.duplicate_pair`])
    await tx.execute(
      sql`delete from ${table} where entity = 'person' and (one_id = any(${ids}) or other_id = any(${ids}))`,
    )
  await tx.execute(
    sql`delete from directory.merge where entity = 'person' and (kept_id = any(${ids}) or dropped_id = any(${ids}))`,
  )
}

/** Lines of files that were taken over: theirs by the record they made, or by an address of theirs. */
async function forgetImported(tx: Database, records: readonly string[], words: readonly string[]) {
  const ids = uuids(records)
  const addresses = words.filter((word) => word.includes('@'))
  await tx.execute(sql`
    update directory.import_row set cells = '{}', said = null, candidates = '[]', target_id = null, decided_id = null
    where target_id = any(${ids}) or decided_id = any(${ids})
      or exists (select from unnest(cells) c where lower(trim(c)) = any(${sql.param(addresses)}::text[]))`)
  await tx.execute(sql`delete from directory.import_trace where entity = 'person' and entity_id = any(${ids})`)
}

/** A member of the team who goes no longer signs what they decided. */
async function sign(tx: Database, signatures: readonly string[]) {
  if (signatures.length === 0) return
  const names = sql`${sql.param([...signatures])}::text[]`
  await tx.execute(sql`update directory.distinct_pair set decided_by = ${ERASED} where decided_by = any(${names})`)
  await tx.execute(sql`
    update directory.merge set by_label = case when by_label = any(${names}) then ${ERASED} else by_label end,
      undone_by_label = case when undone_by_label = any(${names}) then ${ERASED} else undone_by_label end
    where by_label = any(${names}) or undone_by_label = any(${names})`)
  await tx.execute(sql`update directory.import set owner_label = ${ERASED} where owner_label = any(${names})`)
}

/** Words of their names that nobody else bears no longer help to spell. */
const forgetWords = (tx: Database, records: readonly string[]) =>
  tx.execute(sql`
    with said as (
      select distinct w.word from directory.person p
      cross join lateral regexp_split_to_table(p.sort_name, '[^a-z0-9]+') as w (word)
      where p.id = any(${uuids(records)}) and length(w.word) >= 3)
    delete from directory.word k using said where k.kind = 0 and k.word = said.word and not exists (
      select from directory.person o where o.search like '%' || said.word || '%' and not (o.id = any(${uuids(records)})))`)

async function identity(ctx: AppContext, { records }: Subject): Promise<DataSection[]> {
  const { rows } = await ctx.db.execute<Record<string, string | null> & { kept: boolean }>(sql`
    select p.given_name as given, p.family_name as family, p.email, p.phone, t.name as departement, p.note,
      p.merged_into_id is null as kept, to_char(p.created_at at time zone 'Europe/Paris', 'YYYY-MM-DD') as added
    from directory.person p left join territory.territory_card t on t.id = p.departement_id
    where p.id = any(${uuids(records)}) order by p.merged_into_id is not null, p.created_at, p.id`)
  const entries = rows.map((row) => ({
    title: row.kept ? undefined : 'Autre fiche, réunie à la première',
    facts: [
      ['Prénom', row.given],
      ['Nom', row.family],
      ['Adresse électronique', row.email],
      ['Téléphone', row.phone],
      ['Département', row.departement],
      ['Note de l’équipe', row.note],
      ['Dans l’annuaire depuis', row.added ? formatDate(row.added) : null],
    ] as [string, string | null][],
  }))
  return [{ key: 'identity', title: 'Identité et coordonnées', entries }]
}

async function situations(ctx: AppContext, { records }: Subject): Promise<DataSection[]> {
  const { rows } = await ctx.db.execute<Record<string, string | null>>(sql`
    select a.function as work, coalesce(o.name, a.organisation_name) as organisation, k.label as profile,
      a.valid_from as start, a.valid_to as end
    from directory.affiliation a left join directory.organisation o on o.id = a.organisation_id
    left join platform.term k on k.id = a.profile_id
    where a.person_id = any(${uuids(records)}) order by a.valid_from desc nulls last, a.id`)
  const entries = rows.map((row) => ({
    facts: [
      ['Fonction', row.work],
      ['Organisation', row.organisation],
      ['Profil', row.profile],
      ['Depuis', row.start ? formatDate(row.start) : null],
      ['Jusqu’à', row.end ? formatDate(row.end) : null],
    ] as [string, string | null][],
  }))
  return [{ key: 'situations', title: 'Organisations et fonctions', entries }]
}

async function consents(ctx: AppContext, { records }: Subject): Promise<DataSection[]> {
  const { rows } = await ctx.db.execute<{
    purpose: ConsentPurpose
    given: boolean
    at: string
    how: string
    wording: string
  }>(sql`select purpose, given, at, how, wording from directory.consent
    where person_id = any(${uuids(records)}) order by at desc, id`)
  const entries = rows.map(({ purpose, given, at, how, wording }) => ({
    title: consentLabels[purpose],
    facts: [
      ['Réponse', given ? 'accord' : 'refus'],
      ['Le', formatDate(new Date(at))],
      ['Recueilli', consentHowLabel(how)],
      ['Phrase', wording],
    ] as [string, string | null][],
  }))
  return [{ key: 'consents', title: 'Accords et refus', entries }]
}
