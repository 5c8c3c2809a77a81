import { createHmac } from 'node:crypto'
import type { AppContext } from '#app/platform/context.ts'
import type { NamedConnection } from './reading/list.ts'
import { identityOf } from './reading/merge-rows.ts'

/** The same name or address gives the same seal, in this house only; a seal gives back no name. */
export const sealOf = (ctx: AppContext, participant: Pick<NamedConnection, 'name' | 'email'>): string =>
  createHmac('sha256', ctx.secret)
    .update(`connection ${identityOf(participant)}`)
    .digest('base64url')
