import { FieldRow } from '#app/ui/form-layout.tsx'
import { type Option, type OptionGroup, Select, TextArea, TextField } from '#app/ui/inputs.tsx'
import type { Errors, Keep } from './form-labels.ts'

interface Props {
  keep: Keep
  errors: Errors
}

/** Who the person is and how to reach them. */
export function IdentityFields({ keep, errors, departements }: Props & { departements: readonly Option[] }) {
  const of = (name: string) => ({ name, defaultValue: keep(name), errors: errors[name], autoComplete: 'off' })
  return (
    <>
      <FieldRow>
        <TextField {...of('givenName')} label="Prénom" />
        <TextField {...of('familyName')} label="Nom" required />
      </FieldRow>
      <FieldRow>
        <TextField {...of('email')} type="email" label="Adresse électronique" />
        <TextField {...of('phone')} type="tel" label="Téléphone" width="medium" />
      </FieldRow>
      <Select
        {...of('departementId')}
        label="Département"
        placeholder="Non précisé"
        options={departements}
        width="medium"
      />
    </>
  )
}

export const NoteField = ({ keep, errors }: Props) => (
  <TextArea
    name="note"
    label="Note de l’équipe"
    hint="Lue par toute l’équipe. La personne peut demander à la lire."
    rows={3}
    defaultValue={keep('note')}
    errors={errors.note}
  />
)

export type Profiles = readonly (Option | OptionGroup)[]
