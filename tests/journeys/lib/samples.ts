import { vi } from 'vitest'
import { signLink } from '#app/platform/signed-link.server.ts'
import { demoTeam } from '#app/demo/accounts.server.ts'
import { openForm, Visitor } from '../../process/visitor.ts'
import { ask } from './ask.ts'
import type { Demo } from './demo.ts'

export type Samples = Awaited<ReturnType<typeof readSamples>>

/** One record of each kind in the demonstration, the fullest, and one link of each kind, taken from the mail that carries it. */
export async function readSamples(demo: Demo) {
  const records = (await demo.client.query<Record<(typeof columns)[number], string>>(recordsQuery)).rows[0]!
  const lecture = demoTeam.find(({ role }) => role === 'lecture')!.email
  const own = await registered(demo, records.comingSlug)
  const administration = await demo.signIn('administration')
  const document = await uploaded(demo, records.activity, administration)
  return {
    ...records,
    ...(await certified(demo, records, administration)),
    ...(await followed(demo, { ...records, document })),
    document,
    connectionList: await importedList(demo, records.activity, administration),
    import: await sentSheet(demo, administration),
    webhook: await toldProgram(demo, administration),
    own: own.token,
    request: await notedRequest(demo, records.person, administration),
    ownData: await ownData(demo, records.person),
    door: await handedDoor(demo, records.coming, administration),
    calendarMail: own.mailId,
    signIn: await mailedLink(demo, 'accounts.sign-in', '/connexion', { email: lecture, intent: 'link' }),
    reset: await mailedLink(demo, 'accounts.password-reset', '/mot-de-passe', { email: lecture }),
    invitation: await mailedLink(demo, 'accounts.invitation', '/bureau/equipe/inviter', guest, administration),
  }
}

const guest = { givenName: 'Noé', familyName: 'Invité', email: 'noe.invite@exemple.test', role: 'lecture' }

const columns = [
  'activity',
  'pastSlug',
  'attendance',
  'coming',
  'comingSlug',
  'series',
  'person',
  'affiliation',
  'organisation',
  'member',
] as const

const recordsQuery = `
  with past as (select a.id, a.slug from activities.activity a join activities.document d on d.activity_id = a.id
      where a.status = 'published' order by a.id limit 1),
    coming as (select a.id, a.slug from activities.activity a where a.status = 'published' and a.visibility = 'public'
      and a.starts_at > now() order by a.starts_at limit 1),
    known as (select t.id, t.person_id, f.id as affiliation, f.organisation_id from activities.attendance t
      join directory.affiliation f on f.person_id = t.person_id and f.organisation_id is not null
      where t.activity_id = (select id from past) and t.status = 'present' order by t.arrival, f.id limit 1)
  select past.id as activity, past.slug as "pastSlug", known.id as attendance,
    coming.id as coming, coming.slug as "comingSlug", (select id from activities.series order by title limit 1) as series,
    known.person_id as person, known.affiliation, known.organisation_id as organisation,
    (select id from accounts.user where role = 'gestion') as member
  from past, coming, known`

/** A list of contacts, sent and not yet taken over; a line of it cannot be. */
async function sentSheet({ url }: Demo, cookie: string): Promise<string> {
  const form = new FormData()
  form.set('kind', 'personnes')
  form.set(
    'file',
    new File(['Nom;Prénom;Courriel\nRoux;Ana;ana@exemple.test\n;;pas une adresse\n'], 'liste.csv', {
      type: 'text/csv',
    }),
  )
  const { status, headers } = await ask(`${url}/bureau/imports/nouveau`, { form, cookie })
  const id = /imports\/([\w-]+)$/.exec(headers.get('location') ?? '')?.[1]
  if (!id) throw new Error(`the sheet was refused: ${status}`)
  return id
}

/** Another program that is told of what happens. */
async function toldProgram({ url, client }: Demo, cookie: string): Promise<string> {
  const form = {
    name: 'Site de la fédération',
    url: 'https://federation.example.org/rappel',
    events: 'activities.published',
  }
  await ask(`${url}/bureau/acces/rappels`, { cookie, form })
  return (await client.query<{ id: string }>('select id from api.webhook')).rows[0]!.id
}

/** The demonstration links to documents elsewhere; one is stored here. */
async function uploaded({ url, client }: Demo, activity: string, cookie: string): Promise<string> {
  const form = new FormData()
  form.set('title', 'Notes de séance')
  form.set('public', 'oui')
  form.set('file', new File(['Trois idées à retenir.'], 'notes.txt', { type: 'text/plain' }))
  const { status } = await ask(`${url}/bureau/activites/${activity}/documents`, { form, cookie })
  const { rows } = await client.query<{ id: string }>('select id from activities.document where file_id is not null')
  if (status !== 302 || !rows[0]) throw new Error(`the document was refused: ${status}`)
  return rows[0].id
}

/** A connection list that nobody has validated, with a name to decide. */
async function importedList({ url, client }: Demo, activity: string, cookie: string): Promise<string> {
  const form = new FormData()
  form.set('intent', 'importer')
  form.set('fichier', new File(['Nom;Durée\nMarie;1 h 30\nAppel 1;45 min\n'], 'salle.csv', { type: 'text/csv' }))
  const { status } = await ask(`${url}/bureau/activites/${activity}/presence/connexions`, { form, cookie })
  const { rows } = await client.query<{ id: string }>('select id from activities.connection_import')
  if (status !== 302 || !rows[0]) throw new Error(`the connection list was refused: ${status}`)
  return rows[0].id
}

/** The team hands the door of an activity to somebody without an account. */
async function handedDoor({ url }: Demo, activity: string, cookie: string): Promise<string> {
  const page = `${url}/bureau/activites/${activity}/presence/accueil`
  const { status } = await ask(page, { form: { intent: 'confier', nom: 'Tablette de l’entrée' }, cookie })
  if (status !== 302) throw new Error(`the link was refused: ${status}`)
  return linkIn((await ask(page, { cookie })).text, 'accueil')
}

/** A certificate of somebody who came, one of the cycle, and the links that lead to the first. */
async function certified(
  { url, client }: Demo,
  of: Record<'activity' | 'attendance' | 'person' | 'series', string>,
  cookie: string,
) {
  const form = { intent: 'une', personne: of.person }
  const { status, headers } = await ask(`${url}/bureau/activites/${of.activity}/attestations`, { form, cookie })
  const id = /attestations\/([\w-]+)\.pdf$/.exec(headers.get('location') ?? '')?.[1]
  if (!id) throw new Error(`the certificate was refused: ${status}`)
  await client.query(
    `insert into activities.certificate (code, kind, series_id, person_id, attendance_ids, holder, facts, minutes, issued_at)
    select 'CYCL-ESSA-2345', 'series', $2, person_id, attendance_ids, holder, facts, minutes, issued_at
    from activities.certificate where id = $1`,
    [id, of.series],
  )
  const { rows } = await client.query<{ code: string; version: number; secret: string }>(
    `select c.code, n.link_version as version, (select value #>> '{}' from platform.setting where key = 'secret') as secret
    from activities.certificate c, activities.attendance n where c.id = $1 and n.id = $2`,
    [id, of.attendance],
  )
  const { code, version, secret } = rows[0]!
  const expiresAt = new Date(Date.now() + 3_600_000)
  return {
    certificate: id,
    certificateCode: code,
    certificateLink: signLink(secret, 'certificate', { id, expiresAt }),
    ownPresent: signLink(secret, 'own-registration', { id: of.attendance, version, expiresAt }),
  }
}

/** A series becomes a cycle open to registration; a message was sent after the activity, with a link to its document. */
async function followed(
  { client }: Demo,
  of: Record<'activity' | 'attendance' | 'coming' | 'series' | 'document', string>,
) {
  await client.query(
    "update activities.series set kind = 'cycle', visibility = 'public', required_share = 60 where id = $1",
    [of.series],
  )
  await client.query('update activities.activity set series_id = $1 where id = $2', [of.series, of.coming])
  const { rows } = await client.query<Record<'id' | 'cycle' | 'secret' | 'coming', string> & { version: number }>(
    `with sent as (insert into activities.follow_up (activity_id, audience, status, subject, body, document_ids, updated_at,
        updated_by, sent_at, sent_by) values ($1, 'present', 'sent', 'Merci', 'Merci {prénom}', '{}', now(), 'Essai', now(), 'Essai') returning id),
      one as (insert into activities.follow_up_send (follow_up_id, attendance_id, written_at) select id, $2, now() from sent)
    select sent.id, s.slug as cycle, n.id as coming, n.link_version as version,
      (select value #>> '{}' from platform.setting where key = 'secret') as secret
    from sent, activities.series s, activities.attendance n where s.id = $3 and n.activity_id = $4 order by n.arrival desc limit 1`,
    [of.activity, of.attendance, of.series, of.coming],
  )
  const { id, cycle, coming, version, secret } = rows[0]!
  const expiresAt = new Date(Date.now() + 3_600_000)
  return {
    followUp: id,
    cycleSlug: cycle,
    ownCycle: signLink(secret, 'own-cycle', { id: coming, version, expiresAt }),
    documentLink: signLink(secret, 'follow-up-document', { id: of.document, expiresAt }),
  }
}

/** Somebody registers: the mail that says so carries their link and the calendar file. */
async function registered({ url, client }: Demo, slug: string) {
  const visitor = new Visitor(1)
  const form = { ...(await openForm(visitor, url, slug, 1)), mode: 'onsite' }
  const { status } = await visitor.post(`${url}/agenda/${slug}/inscription`, form)
  visitor.close()
  if (status !== 303) throw new Error(`registration answered ${status}`)
  const { rows } = await client.query<{ id: string; text: string }>(
    'select id, text from platform.mail where to_address = $1 and calendar is not null',
    [form.email],
  )
  return { token: linkIn(rows[0]!.text, 'inscription'), mailId: rows[0]!.id }
}

/** Somebody asked for a correction by telephone. */
async function notedRequest({ url, client }: Demo, person: string, cookie: string): Promise<string> {
  const form = { intent: 'request', kind: 'correction', message: '' }
  const { status } = await ask(`${url}/bureau/personnes/${person}/donnees`, { form, cookie })
  const { rows } = await client.query<{ id: string }>('select id from privacy.request')
  if (status >= 400 || !rows[0]) throw new Error(`the request was refused: ${status}`)
  return rows[0].id
}

/** The link of one hour to one's own data, as its mail would carry it. */
async function ownData({ client }: Demo, person: string): Promise<string> {
  const { rows } = await client.query<{ value: string }>(
    "select value #>> '{}' as value from platform.setting where key = 'secret'",
  )
  return signLink(rows[0]!.value, 'own-data', { id: person, expiresAt: new Date(Date.now() + 3_600_000) })
}

async function mailedLink(
  { url, client }: Demo,
  purpose: string,
  path: string,
  form: { email: string } & Record<string, string>,
  cookie?: string,
) {
  const { status } = await ask(url + path, { form, cookie })
  if (status >= 400) throw new Error(`${path} answered ${status}`)
  // A job writes this mail: who has an account must not show in the time the page takes.
  const text = await vi.waitFor(
    async () => {
      const { rows } = await client.query<{ text: string }>(
        'select text from platform.mail where to_address = $1 and purpose = $2',
        [form.email, purpose],
      )
      return rows[0]!.text
    },
    { timeout: 15_000 },
  )
  return linkIn(text, '(?:connexion|mot-de-passe)(?:/lien|/invitation)?')
}

function linkIn(text: string, path: string): string {
  const token = new RegExp(`/${path}/([\\w.-]+)`).exec(text)?.[1]
  if (!token) throw new Error(`no link in: ${text}`)
  return token
}
