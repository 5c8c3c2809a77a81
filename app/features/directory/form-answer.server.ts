import { data } from 'react-router'
import type { z } from 'zod'
import { checkForm, type FormErrors, type FormValues, formValues, readForm } from '#app/platform/forms.server.ts'
import { nb } from '#app/ui/french.ts'
import type { Twin } from './duplicates.server.ts'
import type { UnknownReference } from './references.server.ts'

/** A form and what was typed in it: a refusal that comes from the domain shows it again too. */
export async function readInput<Schema extends z.ZodType>(request: Request, schema: Schema) {
  const form = await readForm(request)
  return { values: formValues(form), checked: checkForm(form, schema) }
}

/** The form again, with what must be mended. */
export const again = (status: number, errors: FormErrors, values: FormValues, twins: Twin[] = []) =>
  data({ errors, values, twins }, { status })

const gone: Record<UnknownReference['field'], string> = {
  departementId: 'Ce département n’existe pas.',
  territoryId: 'Ce territoire n’existe pas.',
  kindId: 'Ce type n’existe pas.',
  profileId: 'Ce profil n’existe pas.',
  organisationId: 'Cette organisation n’est plus dans l’annuaire.',
}

export const unknownSentence = ({ field }: UnknownReference): FormErrors => ({ [field]: [gone[field]] })

export const takenSiret = (name: string): FormErrors => ({
  siret: [nb(`Ce SIRET est déjà celui de « ${name} ».`)],
})
