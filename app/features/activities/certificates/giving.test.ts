import { eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import type { AppContext } from '#app/platform/context.ts'
import { readProgress } from '#app/platform/progress.server.ts'
import { mails, outbox } from '#app/platform/schema.server.ts'
import { writeSetting } from '#app/platform/settings.server.ts'
import { signLink } from '#app/platform/signed-link.server.ts'
import { asRole, asVisitor, at, inSandbox } from '#tests/context.ts'
import { readPdf } from '#tests/read-pdf.ts'
import { markAttendance } from '../attendance/mark-attendance.server.ts'
import { makeActivity, makeAttendance, makePerson } from '../fixtures.ts'
import { collectActivities } from '../personal/collect.server.ts'
import { eraseFromActivities } from '../personal/erase.server.ts'
import { ownLink } from '../registration/links.server.ts'
import { activities, attendances } from '../schema.server.ts'
import { askCertificates, giveAll, renew } from './bulk.server.ts'
import { drawCertificates } from './document.server.ts'
import { issueOwnCertificate, issueTo } from './issue.server.ts'
import { certificateMail } from './mail.ts'
import { certificatesOf, linkedCertificate, verify } from './queries.server.ts'
import { certificates } from './schema.server.ts'
import type { Subject } from './subject.server.ts'

const AFTER = '2022-12-12T09:00:00Z'

async function room(world: AppContext, size: number) {
  const ctx = at(world, AFTER)
  await writeSetting(ctx.db, 'centre', { name: 'Centre d’essai' }, ctx.now())
  const activity = await makeActivity(ctx, { title: 'Égalité : où en est-on ?' })
  const rows = []
  for (let i = 0; i < size; i += 1) {
    const personId = await makePerson(ctx, {
      givenName: 'Élise',
      familyName: `Œuvrard ${i + 1}`,
      ...(i === 0 ? { email: null } : {}),
    })
    rows.push(await makeAttendance(ctx, { activityId: activity.id, personId }))
  }
  return { ctx, activity, rows, subject: { kind: 'activity', id: activity.id } satisfies Subject }
}

const sentMails = (ctx: AppContext) => ctx.db.select().from(mails).where(eq(mails.purpose, 'certificate'))

describe('toutes à la fois', () => {
  test('elles s’établissent en tâche de fond, et s’envoient à qui a une adresse, une seule fois', () =>
    inSandbox(async (world) => {
      const { ctx, subject } = await room(world, 4)
      const asked = await askCertificates(ctx, { subject, send: true })
      if (!asked.ok) throw new Error(asked.error.type)
      const [job] = await ctx.db.select().from(outbox).where(eq(outbox.name, 'activities.give-certificates'))
      const payload = job!.payload as Parameters<typeof giveAll>[1]
      await giveAll(ctx, payload)
      expect(await readProgress(ctx, asked.value.progressId)).toMatchObject({
        label: 'Attestations\u202f: Égalité\u202f: où en est-on\u202f?',
        done: 4,
        total: 4,
        failedReason: null,
        result: { total: 4, made: 4, sent: 3 },
      })
      expect(await sentMails(ctx)).toHaveLength(3)
      await giveAll(ctx, payload)
      expect(await sentMails(ctx)).toHaveLength(3)
      expect(await ctx.db.select().from(certificates)).toHaveLength(4)
    }))

  test('sans envoi, aucun message ne part', () =>
    inSandbox(async (world) => {
      const { ctx, subject } = await room(world, 2)
      const asked = await askCertificates(ctx, { subject, send: false })
      await giveAll(ctx, { subject, send: false, progressId: asked.ok ? asked.value.progressId : '' })
      expect(await sentMails(ctx)).toEqual([])
    }))

  test('l’activité annulée entre-temps est dite, rien n’est donné', () =>
    inSandbox(async (world) => {
      const { ctx, subject, activity } = await room(world, 2)
      const asked = await askCertificates(ctx, { subject, send: true })
      if (!asked.ok) throw new Error(asked.error.type)
      await ctx.db.update(activities).set({ status: 'cancelled' }).where(eq(activities.id, activity.id))
      await giveAll(ctx, { subject, send: true, progressId: asked.value.progressId })
      expect((await readProgress(ctx, asked.value.progressId))!.failedReason).toMatch(/annulée/)
      expect(await ctx.db.select().from(certificates)).toEqual([])
    }))

  test('elles ne se demandent pas sans en avoir le droit, ni avant la fin', () =>
    inSandbox(async (world) => {
      const { ctx, subject } = await room(world, 1)
      const refusal = async (who: AppContext) => {
        const asked = await askCertificates(who, { subject, send: true })
        return asked.ok ? 'ok' : asked.error.type
      }
      expect(await refusal(asRole(ctx, 'lecture'))).toBe('not-allowed')
      expect(await refusal(asVisitor(ctx))).toBe('not-allowed')
      expect(await refusal(at(ctx, '2022-12-01T09:00:00Z'))).toBe('not-over')
      expect(await refusal(asRole(ctx, 'communication'))).toBe('ok')
    }))
})

test('un nom corrigé après l’envoi : la nouvelle version part, le premier lien y mène', () =>
  inSandbox(async (world) => {
    const { ctx, subject, rows } = await room(world, 2)
    await giveAll(ctx, { subject, send: true, progressId: crypto.randomUUID() })
    const [first] = await sentMails(ctx)
    const token = /\/attestation\/([\w.-]+)/.exec(first!.text)![1]!
    await ctx.db.execute(
      sql`update directory.person set given_name = 'Élisa', updated_at = ${AFTER}::timestamptz where id = ${rows[1]!.personId}`,
    )
    expect(await linkedCertificate(ctx, token)).toEqual({ ok: false, error: { type: 'revoked' } })
    const [job] = await ctx.db.select().from(outbox).where(eq(outbox.name, 'activities.renew-certificate'))
    await renew(ctx, job!.payload as { certificateId: string })
    expect(await linkedCertificate(ctx, token)).toMatchObject({ ok: true, value: { holder: 'Élisa Œuvrard 2' } })
    expect(await sentMails(ctx)).toHaveLength(2)
  }))

describe('le lien envoyé', () => {
  test('ne s’ouvre ni forgé, ni d’un autre usage, ni au-delà d’un an', () =>
    inSandbox(async (world) => {
      const { ctx, subject } = await room(world, 1)
      const issued = await issueTo(ctx.db, ctx, subject)
      const id = issued.ok ? issued.value.ids[0]! : ''
      const expiresAt = new Date('2023-12-12T09:00:00Z')
      const good = signLink(ctx.secret, 'certificate', { id, expiresAt })
      const open = async (token: string, when = AFTER) => {
        const found = await linkedCertificate(at(ctx, when), token)
        return found.ok ? 'ok' : found.error.type
      }
      expect(await open(good)).toBe('ok')
      expect(await open(good, '2024-01-01T00:00:00Z')).toBe('expired')
      expect(await open(`${good}x`)).toBe('forged')
      expect(await open(signLink(ctx.secret, 'own-registration', { id, expiresAt }))).toBe('forged')
    }))
})

describe('par son propre lien', () => {
  const tokenOf = (ctx: AppContext, row: { id: string; linkVersion: number }, endsAt: Date | null) =>
    ownLink(ctx, row, { endsAt }).split('/').at(-1)!

  test('qui était présent obtient la sienne ; qui ne l’était pas, non', () =>
    inSandbox(async (world) => {
      const { ctx, activity, rows } = await room(world, 2)
      const token = tokenOf(ctx, rows[1]!, activity.endsAt)
      const issued = await issueOwnCertificate(asVisitor(ctx), token)
      if (!issued.ok) throw new Error(issued.error.type)
      const [one] = await ctx.db.select().from(certificates)
      expect(one).toMatchObject({ id: issued.value.id, personId: rows[1]!.personId })
      await ctx.db.update(attendances).set({ status: 'absent' }).where(eq(attendances.id, rows[0]!.id))
      const other = tokenOf(ctx, rows[0]!, activity.endsAt)
      expect(await issueOwnCertificate(asVisitor(ctx), other)).toMatchObject({ error: { type: 'not-entitled' } })
      expect(await issueOwnCertificate(asVisitor(ctx), `${token}x`)).toMatchObject({ error: { type: 'forged' } })
    }))
})

describe('le document', () => {
  test('est balisé, nomme la personne, l’activité, la durée, et porte son code', () =>
    inSandbox(async (world) => {
      const { ctx, subject } = await room(world, 3)
      await issueTo(ctx.db, ctx, subject)
      const list = await certificatesOf(ctx, subject, 1)
      const read = await readPdf(await drawCertificates(ctx, list))
      expect(read).toMatchObject({ tagged: true, claimsUa: true, language: 'fr-FR' })
      expect(read.pages).toHaveLength(3)
      expect(read.bookmarks).toEqual(['Élise Œuvrard 1', 'Élise Œuvrard 2', 'Élise Œuvrard 3'])
      const [page] = read.pages as [string]
      expect(page).toContain('Centre d’essai atteste que Élise Œuvrard 1 a participé à l’activité')
      expect(page.replace(/\s/g, ' ')).toContain('Date jeudi 8 décembre 2022, 9 h 30 – 12 h 30')
      expect(page.replace(/\s/g, ' ')).toContain('Durée 3 h Fait le 12 décembre 2022.')
      expect(page).toContain(list[0]!.code)
      expect(page).toContain('maillage.test/attestations')
      expect(read.roles[0]).toEqual(expect.arrayContaining(['H1', 'H2', 'Table', 'Figure', 'Link']))
      expect(read.alternatives).toHaveLength(3)
    }))

  test('redemandé, est le même à l’octet près', () =>
    inSandbox(async (world) => {
      const { ctx, subject } = await room(world, 1)
      await issueTo(ctx.db, ctx, subject)
      const draw = async () => Buffer.from(await drawCertificates(ctx, await certificatesOf(ctx, subject, 1)))
      expect((await draw()).equals(await draw())).toBe(true)
    }))
})

describe('les données personnelles', () => {
  test('disent les attestations, et s’effacent avec elles : le code n’ouvre plus rien', () =>
    inSandbox(async (world) => {
      const { ctx, subject, rows } = await room(world, 2)
      await issueTo(ctx.db, ctx, subject)
      const [one] = await ctx.db.select().from(certificates).where(eq(certificates.personId, rows[0]!.personId))
      const subjectOfData = { records: [rows[0]!.personId], traces: [] }
      const sections = await collectActivities(ctx, subjectOfData)
      expect(sections.find(({ title }) => title === 'Attestations')!.entries).toEqual([
        { title: 'Égalité : où en est-on ?', facts: expect.arrayContaining([['Code', one!.code]]) },
      ])
      await eraseFromActivities(ctx.db, ctx, { ...subjectOfData, words: [], signatures: [] })
      expect(await verify(ctx.db, one!.code)).toEqual({ state: 'unknown' })
      expect(await ctx.db.select().from(certificates)).toHaveLength(1)
    }))
})

test('le message dit ce qui est joint, et pour combien de temps', () => {
  const { subject, text } = certificateMail({
    givenName: 'Élise',
    subject: 'Égalité : où en est-on ?',
    centre: 'Centre d’essai',
    link: 'https://maillage.test/attestation/abc',
    code: 'K7QM-2XHB-9TRW',
    check: 'https://maillage.test/attestations/K7QM-2XHB-9TRW',
  })
  expect(`${subject}\n\n${text}`).toMatchInlineSnapshot(`
    "Votre attestation de présence : Égalité : où en est-on ?

    Bonjour Élise,

    Merci de votre participation à « Égalité : où en est-on ? ». Votre attestation de présence est prête.

    Ouvrir mon attestation (PDF) :
    https://maillage.test/attestation/abc

    Ce lien vous est personnel. Il reste ouvert un an ; gardez le document.

    Elle porte le code K7QM-2XHB-9TRW : qui la reçoit peut vérifier qu’elle est authentique.

    Vérifier cette attestation :
    https://maillage.test/attestations/K7QM-2XHB-9TRW

    Centre d’essai
    "
  `)
})

test('une présence retirée pendant que l’attestation s’établit n’en laisse pas de bonne', () =>
  inSandbox(async (world) => {
    const { ctx, subject, activity, rows } = await room(world, 1)
    await issueTo(ctx.db, ctx, subject)
    const marks = [{ attendanceId: rows[0]!.id, status: 'absent' as const }]
    await markAttendance(ctx, { activityId: activity.id, marks })
    expect(await certificatesOf(ctx, subject, 1)).toEqual([])
  }))
