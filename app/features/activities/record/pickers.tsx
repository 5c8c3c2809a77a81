import { Checkbox, CheckboxGroup } from '#app/ui/choices.tsx'
import { Combobox } from '#app/ui/client/combobox.tsx'
import { TagPicker } from '#app/ui/client/tag-picker.tsx'
import { type FieldErrors, idOf } from '#app/ui/field.tsx'
import { Select, TextField } from '#app/ui/inputs.tsx'
import { useHydrated } from '#app/ui/client/use-hydrated.ts'

interface FindOrTypeProps {
  label: string
  /** Names of the two fields: the id of the record found, and the text. */
  idName: string
  textName: string
  id: string
  text: string
  source: string
  hint?: string
  errors?: FieldErrors
  required?: boolean
  placeholder?: string
}

/** A record found as one types, or a free text. Without a script: the text, and whether it stays tied to the record. */
export function FindOrType(props: FindOrTypeProps) {
  const { label, idName, textName, id, text, source, hint, errors, required, placeholder } = props
  const field = { label, hint, errors, required, placeholder, id: idOf({ name: textName }) }
  if (useHydrated()) {
    const item = id ? { id, label: text } : null
    return (
      <Combobox
        {...field}
        name={idName}
        textName={textName}
        source={source}
        defaultItem={item}
        defaultText={text}
        allowsText
      />
    )
  }
  return (
    <div className="stack tight">
      <TextField {...field} name={textName} defaultValue={text} />
      {id && <Checkbox name={idName} value={id} defaultChecked label={`Lié à « ${text} » dans l’annuaire`} />}
    </div>
  )
}

interface Named {
  id: string
  label: string
}

/** The person in charge: found as one types; without a script, among those who already are. */
export function LeadField({
  lead,
  leads,
  errors,
}: {
  lead: Named | null
  leads: readonly Named[]
  errors?: FieldErrors
}) {
  const label = 'Responsable'
  if (useHydrated())
    return (
      <Combobox
        name="leadPersonId"
        label={label}
        source="/bureau/personnes.json"
        defaultItem={lead}
        errors={errors}
        optional
      />
    )
  const known = lead && !leads.some(({ id }) => id === lead.id) ? [lead, ...leads] : leads
  return (
    <Select
      name="leadPersonId"
      label={label}
      optional
      placeholder="Personne"
      defaultValue={lead?.id ?? ''}
      options={known.map(({ id, label: name }) => ({ value: id, label: name }))}
      errors={errors}
    />
  )
}

/** Territories: found as one types; without a script, those already there, and one more by its name or code. */
export function TerritoriesField({
  chosen,
  typed,
  errors,
  addErrors,
}: {
  chosen: readonly Named[]
  /** What was typed to add one, where no script runs. */
  typed: string
  errors?: FieldErrors
  addErrors?: FieldErrors
}) {
  const hint = 'Communes, EPCI, quartiers, contrats de ville ou départements où l’activité a un effet.'
  if (useHydrated())
    return (
      <TagPicker
        name="territoryIds"
        label="Territoires concernés"
        hint={hint}
        optional
        source="/bureau/territoires.json"
        defaultItems={chosen}
        errors={errors ?? addErrors}
      />
    )
  return (
    <>
      {chosen.length > 0 && (
        <CheckboxGroup
          name="territoryIds"
          label="Territoires concernés"
          options={chosen.map(({ id, label }) => ({ value: id, label }))}
          defaultValue={chosen.map(({ id }) => id)}
          errors={errors}
        />
      )}
      <TextField
        name="territoryName"
        label="Ajouter un territoire"
        hint={`Son nom entier ou son code. ${hint}`}
        optional
        defaultValue={typed}
        errors={addErrors}
      />
    </>
  )
}
