import { fieldLabels } from './labels.ts'

/** Words of the forms, for the summary of errors. */
export const formLabels: Record<string, string> = {
  ...fieldLabels,
  organisationId: 'Organisation',
  organisationName: 'Organisation',
  organisationPlain: 'Organisation',
  purpose: 'Objet',
  given: 'Réponse',
  how: 'Recueilli',
  wording: 'Phrase',
}

export type Errors = Record<string, string[] | undefined>

/** What was typed, else what is recorded. */
export const keeper =
  (values: Record<string, string | string[]> | undefined, recorded: Record<string, unknown> = {}) =>
  (name: string): string => {
    const value = values ? values[name] : recorded[name]
    return typeof value === 'string' ? value : ''
  }
export type Keep = ReturnType<typeof keeper>
