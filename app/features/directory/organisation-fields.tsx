import { useState } from 'react'
import { Combobox } from '#app/ui/client/combobox.tsx'
import { FieldRow, FormSection } from '#app/ui/form-layout.tsx'
import { type Option, type OptionGroup, Select, TextArea, TextField } from '#app/ui/inputs.tsx'
import type { Errors, Keep } from './form-labels.ts'

interface Props {
  keep: Keep
  errors: Errors
  departements: readonly Option[]
  kinds: readonly (Option | OptionGroup)[]
}

/** What an organisation is, where it is, how to reach it. */
export function OrganisationFields({ keep, errors, departements, kinds }: Props) {
  const of = (name: string) => ({ name, defaultValue: keep(name), errors: errors[name], autoComplete: 'off' })
  return (
    <>
      <FormSection
        title="L’organisation"
        detail="Seul le nom est nécessaire. Le SIRET, s’il est connu, évite les doublons."
      >
        <TextField {...of('name')} label="Nom" required />
        <FieldRow>
          <TextField {...of('acronym')} label="Sigle" width="short" />
          <Select {...of('kindId')} label="Type" placeholder="Non précisé" options={kinds} />
        </FieldRow>
        <TextField
          {...of('siret')}
          label="SIRET"
          hint="14 chiffres, espaces permis."
          inputMode="numeric"
          width="medium"
        />
      </FormSection>
      <FormSection
        title="Où elle agit"
        detail="La page du territoire la montrera. Sans département choisi, c’est celui du territoire."
      >
        <TerritoryField keep={keep} errors={errors} />
        <Select
          {...of('departementId')}
          label="Département"
          placeholder="Celui du territoire"
          options={departements}
          width="medium"
        />
      </FormSection>
      <FormSection title="La joindre">
        <FieldRow>
          <TextField {...of('email')} type="email" label="Adresse électronique" />
          <TextField {...of('phone')} type="tel" label="Téléphone" width="medium" />
        </FieldRow>
        <TextField {...of('website')} label="Site internet" inputMode="url" />
        <TextArea name="note" label="Note de l’équipe" rows={3} defaultValue={keep('note')} errors={errors.note} />
      </FormSection>
    </>
  )
}

/** Without script the territory that is recorded stays; the département can still be chosen. */
function TerritoryField({ keep, errors }: Pick<Props, 'keep' | 'errors'>) {
  const [known] = useState(() => (keep('territoryId') ? { id: keep('territoryId'), label: keep('territory') } : null))
  return (
    <Combobox
      name="territoryId"
      textName="territory"
      label="Territoire"
      hint="Commune, intercommunalité, contrat de ville ou quartier prioritaire."
      source="/bureau/territoires.json"
      defaultItem={known}
      errors={errors.territoryId}
    />
  )
}
