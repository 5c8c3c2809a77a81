import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { AppContext } from '#app/platform/context.ts'
import { asRole, inSandbox } from '../../../../tests/context.ts'
import { makeActivity, makeAttendance, makePerson } from '../fixtures.ts'
import { attendanceAction } from './page-action.server.ts'
import { readSheet } from './read-sheet.server.ts'

const send = (ctx: AppContext, activityId: string, fields: Record<string, string> | [string, string][]) =>
  attendanceAction(
    ctx,
    activityId,
    new Request('https://maillage.test/', { method: 'POST', body: new URLSearchParams(fields) }),
  )

const statuses = async (ctx: AppContext, activityId: string) =>
  (
    await ctx.db.execute<{ status: string }>(sql`
      select status from activities.attendance where activity_id = ${activityId} order by arrival`)
  ).rows.map(({ status }) => status)

test('sans script, seules les lignes changées bougent : une liste ancienne ne défait pas les pointages d’un collègue', () =>
  inSandbox(async (ctx) => {
    const { id } = await makeActivity(ctx)
    const first = await makeAttendance(ctx, { activityId: id, status: 'registered' })
    const second = await makeAttendance(ctx, { activityId: id, status: 'excused' })
    // the page was read when nobody had ticked the second row
    const said = await send(ctx, id, [
      ['intent', 'pointages'],
      ['vu', `${first.id}/registered/onsite`],
      ['vu', `${second.id}/registered/onsite`],
      [`s.${first.id}`, 'present'],
    ])
    expect(said).toMatchObject({ status: 200, notice: 'Pointages enregistrés.' })
    expect(await statuses(ctx, id)).toEqual(['present', 'excused'])
    expect(await send(ctx, id, { intent: 'annuler', trace: said.undo! })).toMatchObject({
      notice: '1\u00a0pointage annulé.',
    })
    expect(await statuses(ctx, id)).toEqual(['registered', 'excused'])
  }))

test('tout pointer présent se dit et s’annule', () =>
  inSandbox(async (ctx) => {
    const { id } = await makeActivity(ctx)
    for (const _ of [1, 2]) await makeAttendance(ctx, { activityId: id, status: 'registered' })
    const said = await send(ctx, id, { intent: 'tous-presents' })
    expect(said.notice).toBe('2\u00a0personnes pointées présentes.')
    await send(ctx, id, { intent: 'annuler', trace: said.undo! })
    expect(await statuses(ctx, id)).toEqual(['registered', 'registered'])
    expect(await send(ctx, id, { intent: 'autres-absents' })).toMatchObject({ status: 200 })
    expect(await statuses(ctx, id)).toEqual(['absent', 'absent'])
  }))

test('chaque mauvaise saisie a sa phrase à son champ, rien n’est écrit à moitié', () =>
  inSandbox(async (ctx) => {
    const { id } = await makeActivity(ctx)
    const errorsOf = async (fields: Record<string, string>) => {
      const { status, errors } = await send(ctx, id, fields)
      return [status, Object.keys(errors ?? {})]
    }
    expect(await errorsOf({ intent: 'tout-casser' })).toEqual([400, ['']])
    expect(await errorsOf({ intent: 'toString' })).toEqual([400, ['']])
    expect(await errorsOf({ intent: 'annuler', trace: 'hier' })).toEqual([400, ['']])
    expect(await errorsOf({ intent: 'pointages', vu: 'n’importe/quoi' })).toEqual([400, ['']])
    expect(await errorsOf({ intent: 'ajouter' })).toEqual([400, ['prenom', 'nom']])
    const bouzid = { intent: 'ajouter', prenom: 'Inès', nom: 'Bouzid' }
    expect(await errorsOf({ ...bouzid, courriel: 'ines bouzid@exemple.test' })).toEqual([400, ['courriel']])
    expect(await errorsOf({ ...bouzid, nom: 'x'.repeat(10_000) })).toEqual([400, ['nom']])
    expect(await errorsOf({ ...bouzid, profil: 'profil:roi' })).toEqual([400, ['profil']])
    expect(await errorsOf({ ...bouzid, mode: 'telepathie' })).toEqual([400, ['mode']])
    expect(await errorsOf({ intent: 'non-identifiees', nombre: '-3', base: 'counted' })).toEqual([400, ['nombre']])
    expect(await errorsOf({ intent: 'non-identifiees', nombre: '3', base: 'devinees' })).toEqual([400, ['base']])
    expect(await errorsOf({ intent: 'retirer', ligne: 'x' })).toEqual([400, ['']])
    expect(await statuses(ctx, id)).toEqual([])
  }))

test('une venue sans inscription se dit par son nom et se retire', () =>
  inSandbox(async (ctx) => {
    const { id } = await makeActivity(ctx)
    const said = await send(ctx, id, {
      intent: 'ajouter',
      prenom: 'Inès',
      nom: 'Bouzid',
      organisation: 'Les Passerelles',
    })
    expect(said).toMatchObject({ notice: 'Inès Bouzid\u00a0: sur la liste, présent·e.', walkIn: { added: true } })
    expect(await send(ctx, id, { intent: 'retirer', ligne: said.walkIn!.attendanceId })).toMatchObject({ status: 200 })
    expect(await statuses(ctx, id)).toEqual([])
  }))

test('le rôle « lecture » voit la liste mais n’y écrit rien', () =>
  inSandbox(async (ctx) => {
    const { id } = await makeActivity(ctx)
    await makeAttendance(ctx, { activityId: id, status: 'registered' })
    const reader = asRole(ctx, 'lecture')
    expect((await readSheet(reader, id, new URLSearchParams()))?.rows).toHaveLength(1)
    expect((await send(reader, id, { intent: 'tous-presents' })).status).toBe(403)
    expect(await statuses(ctx, id)).toEqual(['registered'])
  }))

test('la liste se cherche sans accents, par organisation aussi, et se filtre par état', () =>
  inSandbox(async (ctx) => {
    const { id } = await makeActivity(ctx)
    const personId = await makePerson(ctx, { givenName: 'Inès', familyName: 'Bouzid' })
    await makeAttendance(ctx, { activityId: id, personId, organisationName: 'Écoute 100 % quartier' })
    await makeAttendance(ctx, { activityId: id, status: 'cancelled' })
    const found = async (address: string) => (await readSheet(ctx, id, new URLSearchParams(address)))!.rows.length
    expect(await found('')).toBe(1)
    expect(await found('etat=annules')).toBe(1)
    expect(await found('q=ines')).toBe(1)
    expect(await found('q=ecoute')).toBe(1)
    expect(await found('q=BOUZID&etat=absents')).toBe(0)
    await expect(readSheet(ctx, id, new URLSearchParams('etat=perdus'))).rejects.toMatchObject({
      init: { status: 400 },
    })
    await expect(readSheet(ctx, id, new URLSearchParams('page=9'))).rejects.toMatchObject({ init: { status: 404 } })
  }))
