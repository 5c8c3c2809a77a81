import { z } from 'zod'
import { fields } from '#app/platform/forms.server.ts'
import { parseDay } from '#app/ui/french.ts'
import { isSiret, siretDigits } from './siret.ts'
import { consentPurposes } from './schema.server.ts'
import { consentHowLabels, type ConsentHow } from './labels.ts'

const code = (sentence = 'Ce choix n’existe pas.') =>
  z
    .string()
    .default('')
    .pipe(z.string().max(80, sentence))
    .transform((text) => text || null)

const phone = () =>
  fields
    .optionalLine(40)
    .refine((text) => text === null || (/^[+\d\s\u00a0\u202f().\-/]+$/.test(text) && /\d{2}/.test(text)), {
      error: 'Ce numéro de téléphone n’est pas lisible\u202f: donnez des chiffres.',
    })

const website = () =>
  fields
    .optionalLine(300)
    .transform((text) => (text && !/^[a-z][a-z0-9+.-]*:/i.test(text) ? `https://${text}` : text))
    .refine((text) => text === null || isWebAddress(text), {
      error: 'Cette adresse de site n’est pas valable. Exemple\u202f: https://www.exemple.fr',
    })

function isWebAddress(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null
  return url !== null && /^https?:$/.test(url.protocol) && url.hostname.includes('.') && url.username === ''
}

const day = () =>
  z
    .string()
    .default('')
    .transform((text) => text.trim())
    .transform((text, issues) => {
      if (text === '') return null
      const read = readDay(text)
      if (!read) issues.addIssue({ code: 'custom', message: 'Cette date n’existe pas. Exemple\u202f: 24/11/2022.' })
      return read
    })

function readDay(text: string): string | null {
  const day = parseDay(text)
  return day && day >= '1900-01-01' && day < '2100-01-01' ? day : null
}

const personFields = {
  givenName: fields.optionalLine(100).transform((text) => text ?? ''),
  familyName: fields.line(100, 'Donnez un nom de famille.'),
  email: fields.optionalEmail(),
  phone: phone(),
  departementId: code(),
  note: fields.optionalText(5000),
}

const situationFields = {
  organisationId: fields.optionalId(),
  organisationName: fields.optionalLine(200),
  /** The same, typed where no script runs. */
  organisationPlain: fields.optionalLine(200),
  function: fields.optionalLine(150),
  profileId: code(),
  validFrom: day(),
  validTo: day(),
}

export const personInput = z.object(personFields)
export type PersonInput = z.output<typeof personInput>

export const situationInput = z.object(situationFields).refine(endsAfter, {
  path: ['validTo'],
  error: 'La fin ne peut pas précéder le début.',
})
export type SituationInput = z.output<typeof situationInput>

function endsAfter({ validFrom, validTo }: { validFrom: string | null; validTo: string | null }): boolean {
  return validFrom === null || validTo === null || validTo >= validFrom
}

/** A person and what they do today, in one form; `confirmed`: added in spite of somebody of that name. */
export const newPersonInput = z.object({ ...personFields, ...situationFields, confirmed: fields.tick() })
export type NewPersonInput = z.output<typeof newPersonInput>

export const organisationInput = z.object({
  name: fields.line(200, 'Donnez un nom à cette organisation.'),
  acronym: fields.optionalLine(40),
  kindId: code(),
  siret: z
    .string()
    .default('')
    .transform(siretDigits)
    .transform((text) => text || null)
    .refine((text) => text === null || /^\d{14}$/.test(text), { error: 'Un SIRET a 14 chiffres.', abort: true })
    .refine((text) => text === null || isSiret(text), {
      error: 'Ce SIRET n’est pas juste\u202f: un chiffre au moins est faux.',
    }),
  email: fields.optionalEmail(),
  phone: phone(),
  website: website(),
  territoryId: code(),
  departementId: code(),
  note: fields.optionalText(5000),
  confirmed: fields.tick(),
})
export type OrganisationInput = z.output<typeof organisationInput>

export const consentInput = z.object({
  purpose: z.enum(consentPurposes, 'Choisissez l’objet du consentement.'),
  given: z.enum(['oui', 'non'], 'Dites si la personne accepte ou refuse.').transform((value) => value === 'oui'),
  how: z.enum(Object.keys(consentHowLabels) as [ConsentHow, ...ConsentHow[]], 'Dites comment la réponse a été donnée.'),
  wording: fields.line(500, 'Écrivez la phrase à laquelle la personne a répondu.'),
})
