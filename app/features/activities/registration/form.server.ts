import { z } from 'zod'
import { fields, type FormErrors } from '#app/platform/forms.server.ts'
import { attendanceModes } from '../schema.server.ts'
import type { ConsentAsked } from './consents.ts'
import type { Answers } from './questions.ts'
import type { Problem } from './register.server.ts'

/** « Hors de France »: an answer, and no département. */
export const ABROAD = 'ailleurs'

const code = () => z.string().max(80, 'Ce choix n’existe pas.')

const situation = {
  organisation: fields.optionalLine(200),
  function: fields.optionalLine(150),
  mode: z
    .enum(attendanceModes, { error: 'Choisissez comment vous participez.' })
    .nullish()
    .transform((mode) => mode ?? null),
  accessibilityNeeds: fields.optionalText(1000),
}

/** Answers come as « answers.<question> », each alone or several times. */
function answersOf(values: Record<string, unknown>): Answers {
  const given = Object.entries(values).filter(([name]) => name.startsWith('answers.'))
  return Object.fromEntries(
    given.slice(0, 100).map(([name, value]) => [name.slice('answers.'.length), value as string]),
  )
}

export const registrationForm = z
  .looseObject({
    givenName: fields.line(100, 'Donnez votre prénom.'),
    familyName: fields.line(100, 'Donnez votre nom.'),
    email: fields.email(),
    ...situation,
    profileId: code().min(1, 'Choisissez le profil qui vous ressemble le plus.'),
    departementId: code()
      .min(1, 'Choisissez un département.')
      .optional()
      .transform((value) => (!value || value === ABROAD ? null : value)),
    newsletter: fields.tick(),
    invitations: fields.tick(),
    photos: fields.tick(),
    jeton: z.string().max(1000).default(''),
    /** Nobody sees this field: what fills it is a robot. */
    site: z.string().default(''),
  })
  .transform((form) => ({
    ...form,
    answers: answersOf(form),
    consents: (['newsletter', 'invitations', 'photos'] as const).filter(
      (purpose): purpose is ConsentAsked => form[purpose],
    ),
  }))

export const ownForm = z.looseObject(situation).transform((form) => ({ ...form, answers: answersOf(form) }))

const sentences: Record<Problem['problem'], string> = {
  required: 'Répondez à cette question.',
  unknown: 'Ce choix n’existe pas.',
  'too-long': 'Cette réponse est trop longue.',
}

/** The refusals of the domain, each at its field. */
export function problemSentences(problems: readonly Problem[]): FormErrors {
  return Object.fromEntries(
    problems.map(({ field, problem }) => [
      field,
      [field === 'mode' ? 'Choisissez comment vous participez.' : sentences[problem]],
    ]),
  )
}
