import { expect, test } from 'vitest'
import { changesOf } from '#app/platform/changes.server.ts'
import { mails } from '#app/platform/schema.server.ts'
import { inSandbox } from '#tests/context.ts'
import { PASSWORD, someMember } from '../fixtures.ts'
import { makeLink, peekLink } from '../one-time-links.server.ts'
import { changePassword } from './change-password.server.ts'

const change = { present: PASSWORD, password: 'cinq rames bleues', device: null }

test('on change de mot de passe avec le présent, et seulement lui', () =>
  inSandbox(async (ctx) => {
    const camille = await someMember(ctx)
    const pending = await makeLink(ctx.db, ctx, 'password-reset', camille.userId)
    expect(await changePassword(camille.ctx, { ...change, present: 'au hasard' })).toMatchObject({
      error: { type: 'wrong-present' },
    })
    expect(await changePassword(camille.ctx, change)).toMatchObject({ ok: true })
    expect(await changePassword(camille.ctx, change)).toMatchObject({ error: { type: 'wrong-present' } })
    expect(await peekLink(ctx, 'password-reset', pending)).toBeNull()
    expect(await changesOf(ctx.db, 'user', camille.userId)).toMatchObject([
      { action: 'accounts.password-changed', actorLabel: camille.label, fields: {} },
    ])
    const [mail] = await ctx.db.select().from(mails)
    expect(mail).toMatchObject({ purpose: 'accounts.password-changed', toAddress: camille.email })
  }))

test('un mot de passe courant ou fait de son nom est refusé', () =>
  inSandbox(async (ctx) => {
    const { ctx: camille } = await someMember(ctx, { givenName: 'Philomène', familyName: 'Castelnau' })
    for (const password of ['azertyuiop2022', 'philomene-castelnau'])
      expect(await changePassword(camille, { ...change, password })).toMatchObject({
        error: { type: 'password-too-common' },
      })
  }))

test('un poste laissé ouvert ne permet pas d’essayer sans fin ; sans mot de passe choisi, rien ne convient', () =>
  inSandbox(async (ctx) => {
    const camille = await someMember(ctx)
    for (let i = 0; i < 10; i += 1) await changePassword(camille.ctx, { ...change, present: `essai ${i}` })
    expect(await changePassword(camille.ctx, change)).toMatchObject({ error: { type: 'too-many-tries' } })
    const invited = await someMember(ctx, { joined: false })
    expect(await changePassword(invited.ctx, change)).toMatchObject({ error: { type: 'wrong-present' } })
  }))
