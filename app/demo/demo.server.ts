import { sql } from 'drizzle-orm'
import { mergePeople } from '#app/features/directory/index.server.ts'
import { loadTerritories } from '#app/features/territory/index.server.ts'
import { recordChange } from '#app/platform/changes.server.ts'
import { type AppContext, systemActor } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { centreSchema, writeSetting } from '#app/platform/settings.server.ts'
import { openDemoAccounts } from './accounts.server.ts'
import facts from './annee-2022.json' with { type: 'json' }
import { insertRows } from './insert-rows.server.ts'
import { employers, memberProfiles, memberTerritories, partners } from './organisations.ts'
import type { Employer } from './people.ts'
import type { Draw } from './random.ts'
import { insertActivities, insertLists, insertPeople } from './insert-story.server.ts'
import { storyDraw, tellStory } from './story.ts'

export { demoTeam, demoWelcome } from './accounts.server.ts'

const LOCK = 728_401_577

/** False: this house already holds activities, people or accounts, and the demonstration would be lost among them. */
export async function isEmptyHouse(db: Database): Promise<boolean> {
  const { rows } = await db.execute<{ used: boolean }>(sql`
    select exists (select from activities.activity) or exists (select from directory.person) or exists (select from accounts."user") as used`)
  return !rows[0]!.used
}

/** Loads the demonstration year, once: true when it was loaded, false when it (or anything else) was there already. */
export async function loadDemo(ctx: AppContext, say: (sentence: string) => void = () => {}): Promise<boolean> {
  return ctx.db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`)
    if (!(await isEmptyHouse(tx))) return false
    const inside: AppContext = { ...ctx, db: tx, actor: systemActor('Démonstration') }
    await ensureTerritories(inside, say)
    await writeCentre(inside)
    const team = await openDemoAccounts(inside)
    const draw = storyDraw()
    const organisations = await insertOrganisations(inside, draw)
    const story = tellStory(
      organisations.filter(({ profiles }) => profiles.length > 0),
      draw,
      ctx.now(),
    )
    await insertPeople(inside, story)
    const ids = await insertActivities(inside, story, organisations, team)
    await insertLists(inside, story, ids)
    for (const { kept, dropped } of story.duplicates) {
      const merged = await mergePeople(inside, { keptId: kept.id, droppedId: dropped.id })
      if (!merged.ok) throw new Error(`demonstration merge refused: ${merged.error.type}`)
    }
    await recordChange(tx, inside, { action: 'demo.loaded', entity: 'house', entityId: 'demonstration' })
    say(
      `Année de démonstration chargée : ${story.activities.length + story.coming.length} activités, ${story.lists.people.length} personnes inventées.`,
    )
    return true
  })
}

/** Those of the house itself when they are there (tests load a part of them). */
async function ensureTerritories({ db, now }: AppContext, say: (sentence: string) => void): Promise<void> {
  const wanted = JSON.stringify(Object.values(memberTerritories))
  const { rows } = await db.execute<{ missing: boolean }>(sql`
    select exists (select value from jsonb_array_elements_text(${wanted}::jsonb)
      except select id from territory.territory_card) as missing`)
  if (rows[0]!.missing) await loadTerritories(db, now(), { say })
}

const writeCentre = ({ db, now }: AppContext) =>
  writeSetting(
    db,
    'centre',
    centreSchema.parse({
      name: facts.centre.name,
      presentation:
        'Centre de ressources politique de la ville et cohésion territoriale en Occitanie. Cette maison est une démonstration : personnes et chiffres y sont inventés.',
      email: 'contact@demo.maillage.example',
      dataController: `${facts.centre.name}, ${facts.centre.legalForm} (démonstration)`,
      departements: ['11', '30', '34', '48', '66'],
    }),
    now(),
  )

const kinds: Record<string, string> = { EPCI: 'epci', commune: 'commune', GIP: 'gip', association: 'association' }

type Member = (typeof facts.members)[number] & { joined?: number; sites?: string[] }

const memberNote = ({ joined, sites }: Member) =>
  [
    joined ? `Membre du centre de ressources depuis ${joined}.` : 'Membre du centre de ressources.',
    sites && `Sites : ${sites.join(', ')}.`,
  ]
    .filter(Boolean)
    .join(' ')

async function insertOrganisations({ db, now }: AppContext, draw: Draw): Promise<Employer[]> {
  const members = (facts.members as Member[]).map((member) => ({
    name: member.name.replaceAll("'", '’'),
    kind: kinds[member.kind]!,
    departement: member.department as Employer['departement'],
    territory: memberTerritories[member.name],
    note: memberNote(member),
    profiles: memberProfiles(member.kind),
  }))
  const all: Employer[] = [...members, ...partners, ...employers].map((one) => ({ ...one, id: draw.id() }))
  const at = now().toISOString()
  const rows = all.map(({ id, name, acronym, kind, departement, territory, note }) => ({
    id,
    name,
    acronym: acronym ?? null,
    kind_id: `organisation:${kind}`,
    territory_id: territory ?? null,
    departement_id: departement && `dep-${departement}`,
    note: note ?? null,
    created_at: at,
    updated_at: at,
  }))
  await insertRows(db, 'directory.organisation', rows)
  return all
}
