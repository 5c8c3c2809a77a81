import { data } from 'react-router'
import { listErrorAnswer } from '#app/platform/list-params.ts'
import { badRequest, notFound } from '#app/platform/web.server.ts'
import { addressAnswer } from './address.ts'
import { axisLabels } from './axes.ts'
import type { OpenError } from './figure-page.server.ts'

/** What the web answers when a figure cannot be opened. */
export function figureAnswer(error: OpenError) {
  switch (error.type) {
    case 'not-allowed':
      return notFound()
    case 'no-such-figure':
      return notFound('Aucun chiffre ne porte ce nom.')
    case 'bad-address':
      return badRequest(addressAnswer(error.error, axisLabels))
    case 'bad-list': {
      const { status, message } = listErrorAnswer(error.error)
      return data(message, { status })
    }
    default:
      return error satisfies never
  }
}
