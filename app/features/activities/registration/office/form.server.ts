import { z } from 'zod'
import { fields } from '#app/platform/forms.server.ts'
import { attendanceModes } from '../../schema.server.ts'

const code = () =>
  z
    .string()
    .max(80, 'Ce choix n’existe pas.')
    .default('')
    .transform((value) => value || null)

/** Somebody of the directory, or a name. */
export const byHandForm = z
  .object({
    personId: fields.optionalId(),
    person: fields.optionalLine(200),
    givenName: fields.optionalLine(100),
    familyName: fields.optionalLine(100),
    email: fields.optionalEmail(),
    organisation: fields.optionalLine(200),
    function: fields.optionalLine(150),
    profileId: code(),
    departementId: code(),
    mode: z
      .enum(attendanceModes, { error: 'Choisissez la participation.' })
      .nullish()
      .transform((mode) => mode ?? null),
    beyondCapacity: fields.tick(),
    tell: fields.tick(),
  })
  .superRefine(({ personId, person, givenName, familyName }, issues) => {
    if (personId) return
    if (person && !familyName)
      issues.addIssue({
        code: 'custom',
        path: ['personId'],
        message: 'Choisissez une personne de la liste, ou donnez son nom plus bas.',
      })
    else if (!familyName)
      issues.addIssue({ code: 'custom', path: ['familyName'], message: 'Choisissez une personne, ou donnez son nom.' })
    if (familyName && !givenName)
      issues.addIssue({ code: 'custom', path: ['givenName'], message: 'Donnez son prénom.' })
  })
