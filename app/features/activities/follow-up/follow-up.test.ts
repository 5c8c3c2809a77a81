import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { mergePeople } from '#app/features/directory/index.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import { signLink } from '#app/platform/signed-link.server.ts'
import { as, asRole, asVisitor, at, inSandbox, withDatabase } from '#tests/context.ts'
import { userActor } from '#app/platform/context.ts'
import { makeActivity, makeAttendance, makePerson } from '../fixtures.ts'
import { linkedDocument } from './document-link.server.ts'
import { saveFollowUp } from './draft.server.ts'
import { followUpOverview, readSent } from './list.server.ts'
import { previewOf } from './preview.server.ts'
import { recipientsOf } from './recipients.server.ts'
import { chooseFollowUp, followUpChoice } from './refusal.server.ts'
import { runFollowUp, sendFollowUp, sendTest } from './send.server.ts'
import { usualTexts } from './usual-texts.ts'

const after = (ctx: AppContext) => at(ctx, '2023-02-08T09:00:00Z')
const written = (more = {}) => ({
  audience: 'present' as const,
  ...usualTexts.present,
  documentIds: [],
  documentMonths: 6,
  ...more,
})

async function held(ctx: AppContext, present: number, more = {}) {
  const leadPersonId = await makePerson(ctx, { givenName: 'Ana', familyName: 'Prieto', email: 'ana@centre.test' })
  const { id } = await makeActivity(ctx, { title: 'Égalité', leadPersonId, ...more })
  for (let i = 0; i < present; i += 1) await makeAttendance(ctx, { activityId: id })
  return id
}

async function saved(ctx: AppContext, activityId: string, more = {}) {
  const draft = await saveFollowUp(ctx, activityId, written(more))
  if (!draft.ok) throw new Error(draft.error.type)
  return draft.value
}

const seenOf = (draft: { updatedAt: Date }, count: number) => ({ count, version: draft.updatedAt.toISOString() })

const mails = async (ctx: AppContext) => {
  const { rows } = await ctx.db.execute<{
    to: string
    subject: string
    text: string
    html: string
    reply: string | null
  }>(sql`
    select to_address as to, subject, text, html, reply_to as reply from platform.mail where purpose = 'follow-up' order by to_address`)
  return rows
}

test('le message part une fois à chaque personne présente, avec ses liens, et les réponses vont au responsable', () =>
  inSandbox(async (sandbox) => {
    const ctx = after(sandbox)
    const id = await held(ctx, 2)
    await makeAttendance(ctx, { activityId: id, status: 'absent' })
    await makeAttendance(ctx, { activityId: id, status: 'registered' })
    const draft = await saved(ctx, id)
    expect(await sendFollowUp(ctx, draft.id, seenOf(draft, 2))).toEqual({ ok: true, value: null })
    expect(await sendFollowUp(ctx, draft.id, seenOf(draft, 2))).toEqual({ ok: true, value: null })
    await runFollowUp(ctx, { followUpId: draft.id })
    await runFollowUp(ctx, { followUpId: draft.id })
    const sent = await mails(ctx)
    expect(sent.map(({ reply }) => reply)).toEqual(['ana@centre.test', 'ana@centre.test'])
    expect(sent[0]!.subject).toContain('Égalité')
    expect(sent[0]!.text).toContain('Bonjour Dominique,')
    expect(sent[0]!.html).toMatch(/<a href="https:\/\/maillage.test\/inscription\/[^"]+\/attestation.pdf">/)
    expect((await readSent(ctx, id, draft.id))!.message).toMatchObject({ status: 'sent', total: 2, done: 2 })
    expect((await followUpOverview(ctx, id))!.lines[0]).toMatchObject({
      audience: 'present',
      written: 2,
      hasDraft: false,
    })
  }))

test('qui n’a pas d’adresse ou n’en veut plus est laissé de côté, et compté ; une personne fusionnée reçoit un message', () =>
  inSandbox(async (sandbox) => {
    const ctx = after(sandbox)
    const id = await held(ctx, 1)
    await makeAttendance(ctx, { activityId: id, personId: await makePerson(ctx, { email: null }) })
    const refusing = await makePerson(ctx)
    await makeAttendance(ctx, { activityId: id, personId: refusing })
    const elsewhere = await makeAttendance(ctx, { personId: refusing })
    const token = signLink(ctx.secret, 'own-registration', { id: elsewhere.id, expiresAt: new Date('2024-01-01') })
    expect((await chooseFollowUp(asVisitor(ctx), token, true)).ok).toBe(true)
    const [keptId, droppedId] = [await makePerson(ctx), await makePerson(ctx)]
    await makeAttendance(ctx, { activityId: id, personId: keptId })
    await makeAttendance(ctx, { activityId: id, personId: droppedId, status: 'absent' })
    await mergePeople(ctx, { keptId, droppedId })
    const reasons = (await recipientsOf(ctx.db, { activityId: id, audience: 'present' })).map(({ leftOut }) => leftOut)
    expect(reasons.sort()).toEqual(['no-address', null, null, 'refused'].sort())
    expect(await recipientsOf(ctx.db, { activityId: id, audience: 'absent' })).toEqual([])
    const draft = await saved(ctx, id)
    expect((await sendFollowUp(ctx, draft.id, seenOf(draft, 2))).ok).toBe(true)
    expect((await readSent(ctx, id, draft.id))!.message.leftOut).toEqual({ 'no-address': 1, refused: 1 })
    expect(await followUpChoice(ctx, token)).toMatchObject({ value: { refused: true } })
    expect((await chooseFollowUp(ctx, token, false)).ok).toBe(true)
    expect(await followUpChoice(ctx, token)).toMatchObject({ value: { refused: false } })
    expect(await chooseFollowUp(ctx, 'faux', true)).toEqual({ ok: false, error: { type: 'forged' } })
  }))

test('rien ne part si le texte ou la liste a changé depuis l’aperçu, ni s’il n’y a personne', () =>
  inSandbox(async (sandbox) => {
    const ctx = after(sandbox)
    const id = await held(ctx, 2)
    const draft = await saved(ctx, id)
    expect(await sendFollowUp(ctx, draft.id, seenOf(draft, 3))).toEqual({
      ok: false,
      error: { type: 'changed', count: 2 },
    })
    const later = at(ctx, '2023-02-08T09:01:00Z')
    await saved(later, id, { subject: 'Autre' })
    expect(await sendFollowUp(ctx, draft.id, seenOf(draft, 2))).toMatchObject({ error: { type: 'changed' } })
    const nobody = await saved(ctx, id, { audience: 'excused', ...usualTexts.excused })
    expect(await sendFollowUp(ctx, nobody.id, seenOf(nobody, 0))).toEqual({ ok: false, error: { type: 'nobody' } })
    expect(await mails(ctx)).toEqual([])
  }))

test('un champ inconnu, un document étranger ou qui n’est pas nommé : le message n’est pas gardé', () =>
  inSandbox(async (sandbox) => {
    const ctx = after(sandbox)
    const id = await held(ctx, 1)
    const error = async (more: object) => {
      const draft = await saveFollowUp(ctx, id, written(more))
      return draft.ok ? 'ok' : draft.error
    }
    expect(await error({ subject: '{titre}' })).toMatchObject({ type: 'bad-fields', field: 'subject' })
    expect(await error({ audience: 'absent' })).toMatchObject({
      type: 'bad-fields',
      field: 'body',
      problems: [{ type: 'not-for-them' }],
    })
    expect(await error({ documentIds: [crypto.randomUUID()] })).toEqual({ type: 'unknown-document' })
    expect(await error({ body: 'Merci', documentIds: [crypto.randomUUID()] })).toEqual({ type: 'documents-not-named' })
    expect(await followUpOverview(ctx, id)).toMatchObject({ lines: [{ hasDraft: false }, {}, {}] })
  }))

test('un document public a son adresse publique, un autre un lien réservé qui périme', () =>
  inSandbox(async (sandbox) => {
    const ctx = after(sandbox)
    const id = await held(ctx, 1)
    const file = crypto.randomUUID()
    await ctx.db.execute(sql`insert into platform.file (id, sha256, name, media_type, size, uploaded_at)
      values (${file}, 'x', 'support.pdf', 'application/pdf', 3, now())`)
    const { rows } = await ctx.db.execute<{ id: string }>(sql`
      insert into activities.document (activity_id, position, title, file_id, public, created_at)
      values (${id}, 1, 'Diaporama', ${file}, true, now()), (${id}, 2, 'Notes', ${file}, false, now()) returning id`)
    const draft = await saved(ctx, id, { documentIds: rows.map((row) => row.id), documentMonths: 2 })
    const text = (await previewOf(ctx, draft, 1))!.copy.text.replaceAll(/[\u00a0\u202f]/g, ' ')
    expect(text).toContain(`Diaporama : https://maillage.test/documents/${rows[0]!.id}\n`)
    const token = /Notes : https:\/\/maillage.test\/documents\/lien\/(\S+)/.exec(text)![1]!
    expect(await linkedDocument(asVisitor(ctx), token)).toMatchObject({ ok: true, value: { name: 'support.pdf' } })
    expect(await linkedDocument(at(ctx, '2023-04-12T00:00:00Z'), token)).toEqual({
      ok: false,
      error: { type: 'expired' },
    })
    expect(await linkedDocument(ctx, `${token}a`)).toEqual({ ok: false, error: { type: 'forged' } })
    await ctx.db.execute(sql`delete from activities.document where activity_id = ${id}`)
    expect(await linkedDocument(ctx, token)).toMatchObject({ ok: false })
  }))

test('l’essai part à soi, sans le lien personnel de quiconque', () =>
  inSandbox(async (sandbox) => {
    const ctx = after(sandbox)
    const id = await held(ctx, 1)
    const personId = await makePerson(ctx, { email: 'moi@centre.test' })
    const me = userActor({ userId: crypto.randomUUID(), personId, label: 'Moi', role: 'charge-de-mission' })
    const draft = await saved(ctx, id)
    expect(await sendTest(as(ctx, me), draft.id, 1)).toEqual({ ok: true, value: { to: 'moi@centre.test' } })
    const [mail] = await mails(ctx)
    expect(mail!.subject).toContain('[Essai]')
    expect(mail!.text).toContain('/inscription/lien-personnel')
    const nameless = userActor({
      userId: crypto.randomUUID(),
      personId: await makePerson(ctx, { email: null }),
      label: 'X',
      role: 'direction',
    })
    expect(await sendTest(as(ctx, nameless), draft.id, 1)).toEqual({ ok: false, error: { type: 'no-address' } })
  }))

test('préparer, essayer, envoyer et lire ces messages demande le droit de le faire', () =>
  inSandbox(async (sandbox) => {
    const ctx = after(sandbox)
    const id = await held(ctx, 1)
    const draft = await saved(ctx, id)
    const refused = { ok: false, error: { type: 'not-allowed' } }
    for (const role of ['gestion', 'lecture'] as const) {
      expect(await saveFollowUp(asRole(ctx, role), id, written())).toEqual(refused)
      expect(await sendFollowUp(asRole(ctx, role), draft.id, seenOf(draft, 1))).toEqual(refused)
      expect(await sendTest(asRole(ctx, role), draft.id, 1)).toEqual(refused)
    }
    expect(await followUpOverview(asVisitor(ctx), id)).toBeNull()
    expect(await readSent(asVisitor(ctx), id, draft.id)).toBeNull()
    expect(await previewOf(asVisitor(ctx), draft, 1)).toBeNull()
    expect(await sendFollowUp(ctx, crypto.randomUUID(), seenOf(draft, 1))).toMatchObject({
      error: { type: 'not-found' },
    })
  }))

test('deux clics au même instant, deux tâches à la fois et une coupure au milieu : un message par personne, aucun de perdu', () =>
  withDatabase(async (house) => {
    const ctx = after(house)
    const id = await held(ctx, 120)
    const draft = await saved(ctx, id)
    const clicks = [1, 2, 3].map(() => sendFollowUp(ctx, draft.id, seenOf(draft, 120)))
    expect((await Promise.all(clicks)).every(({ ok }) => ok)).toBe(true)
    const { rows } = await ctx.db.execute(sql`select 1 from platform.outbox where name = 'activities.send-follow-up'`)
    expect(rows).toHaveLength(1)
    let written = 0
    const db = new Proxy(ctx.db, {
      get: (target, name, self) =>
        name === 'transaction' && (written += 1) > 1
          ? () => Promise.reject(new Error('coupure'))
          : Reflect.get(target, name, self),
    })
    await expect(runFollowUp({ ...ctx, db }, { followUpId: draft.id })).rejects.toThrow('coupure')
    expect((await readSent(ctx, id, draft.id))!.message).toMatchObject({ status: 'sending', done: 50, total: 120 })
    await Promise.all([1, 2].map(() => runFollowUp(ctx, { followUpId: draft.id })))
    const sent = await mails(ctx)
    expect([sent.length, new Set(sent.map(({ to }) => to)).size]).toEqual([120, 120])
    expect((await readSent(ctx, id, draft.id))!.message).toMatchObject({ status: 'sent', done: 120 })
  }))
