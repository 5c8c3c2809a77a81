import { z } from 'zod'
import { fields } from '#app/platform/forms.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import {
  addTerm,
  deleteTerm,
  moveTerm,
  restoreTerm,
  retireTerm,
  type TermError,
  updateTerm,
} from './change-terms.server.ts'

const code = z
  .string()
  .max(100)
  .optional()
  .transform((value) => value || null)

const id = z.string().max(200)
const words = { label: fields.line(120, 'Donnez un nom à ce terme.'), parentId: code, anct: code, perimeter: code }

export const termForm = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('add'), ...words }),
  z.object({ intent: z.literal('update'), id, ...words }),
  z.object({ intent: z.literal('move'), id, to: z.enum(['up', 'down']) }),
  z.object({ intent: z.literal('retire'), id }),
  z.object({ intent: z.literal('restore'), id }),
  z.object({ intent: z.literal('delete'), id }),
])

export type TermChange = z.output<typeof termForm>

export function applyChange(ctx: AppContext, vocabulary: string, change: TermChange) {
  switch (change.intent) {
    case 'add':
      return addTerm(ctx, { ...change, vocabulary })
    case 'update':
      return updateTerm(ctx, { ...change, vocabulary })
    case 'move':
      return moveTerm(ctx, { ...change, vocabulary })
    case 'retire':
      return retireTerm(ctx, { ...change, vocabulary })
    case 'restore':
      return restoreTerm(ctx, { ...change, vocabulary })
    case 'delete':
      return deleteTerm(ctx, { ...change, vocabulary })
    default:
      return change satisfies never
  }
}

/** The field at fault and its sentence; null when the page itself does not exist for this actor. */
export function sentenceOf(error: TermError): { field: string; sentence: string } | null {
  switch (error.type) {
    case 'not-allowed':
    case 'unknown-vocabulary':
    case 'unknown-term':
      return null
    case 'label-taken':
      return { field: 'label', sentence: 'Un terme porte déjà ce nom.' }
    case 'bad-parent':
      return { field: 'parentId', sentence: 'Cette famille ne peut pas accueillir ce terme.' }
    case 'has-children':
      return { field: '', sentence: 'Cette famille a encore des termes : retirez-les ou déplacez-les d’abord.' }
    case 'bad-anct':
      return { field: 'anct', sentence: 'Choisissez le type du bilan national.' }
    case 'bad-perimeter':
      return { field: 'perimeter', sentence: 'Choisissez où ce type se compte.' }
    case 'in-use':
      return { field: '', sentence: 'Ce terme sert dans des fiches : il reste retiré, il ne peut pas être effacé.' }
    default:
      return error satisfies never
  }
}
