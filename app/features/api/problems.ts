import { err } from '#app/platform/result.ts'
import type { Problem } from './operation.ts'

const problem = (status: Problem['status'], title: string, more: Omit<Problem, 'status' | 'title'> = {}) =>
  err<Problem>({ status, title, ...more })

/** A record that is not there, or that this key may not see. */
export const missing = (title = 'Il n’y a rien à cette adresse.') => problem(404, title)
export const notAllowed = () => problem(403, 'Cette clé ne permet pas cette action.')
export const conflict = (title: string, more: Omit<Problem, 'status' | 'title'> = {}) => problem(409, title, more)
export const unreadable = (fields: Record<string, string[]>) => problem(422, 'Des champs sont à corriger.', { fields })
export const wrongField = (field: string, sentence: string) => unreadable({ [field]: [sentence] })
