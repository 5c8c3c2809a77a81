import { Combobox } from '#app/ui/client/combobox.tsx'
import { FieldRow } from '#app/ui/form-layout.tsx'
import { DateField, Select, TextField } from '#app/ui/inputs.tsx'
import type { Errors, Keep } from './form-labels.ts'
import type { Profiles } from './person-fields.tsx'

interface Props {
  keep: Keep
  errors: Errors
  profiles: Profiles
  /** A person being added has begun some day: their end is not asked. */
  withEnd?: boolean
}

/** Where somebody works, as what, from when to when. */
export function SituationFields({ keep, errors, profiles, withEnd = true }: Props) {
  const of = (name: string) => ({ name, defaultValue: keep(name), errors: errors[name] })
  return (
    <>
      <OrganisationField keep={keep} errors={errors} />
      <FieldRow>
        <TextField {...of('function')} label="Fonction" autoComplete="off" />
        <Select {...of('profileId')} label="Profil" placeholder="Non précisé" options={profiles} />
      </FieldRow>
      <FieldRow>
        <DateField {...of('validFrom')} label="Depuis le" />
        {withEnd && <DateField {...of('validTo')} label="Jusqu’au" hint="Vide tant que c’est vrai." />}
      </FieldRow>
    </>
  )
}

/** Found as one types; a name that the directory does not know is kept as it is. Without script, a name is typed whole. */
function OrganisationField({ keep, errors }: { keep: Keep; errors: Errors }) {
  const known = keep('organisationId')
  const name = keep('organisationName')
  return (
    <>
      <Combobox
        name="organisationId"
        textName="organisationName"
        label="Organisation"
        hint="Tapez quelques lettres. Une organisation absente de l’annuaire est gardée telle que vous l’écrivez."
        source="/bureau/organisations.json"
        defaultItem={known ? { id: known, label: name } : null}
        defaultText={name}
        allowsText
        errors={errors.organisationId ?? errors.organisationName}
      />
      <noscript>
        <TextField
          name="organisationPlain"
          label="Nom de l’organisation, en toutes lettres"
          defaultValue={keep('organisationPlain') || (known ? '' : name)}
        />
      </noscript>
    </>
  )
}
