import type { FormErrors, FormValues } from '#app/platform/forms.server.ts'
import type { Purpose } from '#app/platform/purposes.server.ts'
import { countableActions, startLabels } from '#app/platform/purposes.ts'
import { CheckboxGroup } from '#app/ui/choices.tsx'
import { FieldRow, FormSection } from '#app/ui/form-layout.tsx'
import { capitalize } from '#app/ui/french.ts'
import { NumberField, Select, TextArea, TextField } from '#app/ui/inputs.tsx'

export const purposeLabels = {
  title: 'Titre',
  why: 'À quoi cela sert',
  what: 'Ce qui est gardé',
  basis: 'Ce qui le permet',
  people: 'De qui',
  recipients: 'Qui le lit',
  measures: 'Mesures de sécurité',
  transfers: 'Transferts hors de l’Union européenne',
  howLong: 'Précision sur la durée',
  notice: 'Phrase sous les formulaires',
  duration: 'Durée',
  durationUnit: 'Unité',
  counts: 'Démarches qui comptent',
} as const
type Name = keyof typeof purposeLabels

interface Props {
  purpose: Purpose
  errors: FormErrors
  values?: FormValues
}

/** The texts, then the duration where one runs. */
export function PurposeFields(props: Props) {
  const { purpose, errors, values } = props
  const shown = (name: Name) => [values?.[name] ?? purpose[name] ?? ''].flat().join('')
  const field = (name: Name) => ({
    name,
    label: purposeLabels[name],
    errors: errors[name],
    defaultValue: shown(name),
  })
  return (
    <>
      <FormSection title="Ce que le public lit" detail="Sur la page « Données personnelles » du site.">
        <TextField {...field('title')} required width="medium" />
        <TextArea {...field('why')} required rows={3} />
        <TextArea {...field('what')} required rows={3} />
        <TextArea {...field('basis')} required rows={2} />
        <TextArea {...field('recipients')} required rows={2} />
        {purpose.forms.length > 0 && <TextArea {...field('notice')} optional rows={2} />}
      </FormSection>
      <Duration {...props} field={field} />
      <FormSection title="Registre" detail="Ce que le registre des traitements dit de plus (RGPD, art. 30).">
        <TextArea {...field('people')} required rows={2} />
        <TextArea {...field('measures')} required rows={4} />
        <TextArea {...field('transfers')} required rows={2} />
      </FormSection>
    </>
  )
}

interface DurationProps extends Props {
  field: (name: Name) => { name: string; label: string; errors?: string[]; defaultValue: string }
}

function Duration({ purpose, errors, values, field }: DurationProps) {
  const runs = purpose.starts !== 'none'
  return (
    <FormSection
      title="Combien de temps"
      detail={runs ? `La durée court ${startLabels[purpose.starts]} ; l’effacement la suit de lui-même.` : undefined}
    >
      {runs && (
        <FieldRow>
          <NumberField {...field('duration')} required min={1} max={1200} />
          <Select
            {...field('durationUnit')}
            required
            options={[
              { value: 'day', label: 'jours' },
              { value: 'month', label: 'mois' },
            ]}
          />
        </FieldRow>
      )}
      {purpose.starts === 'last-action' && (
        <CheckboxGroup
          name="counts[]"
          label={purposeLabels.counts}
          options={Object.entries(countableActions).map(([value, label]) => ({ value, label: capitalize(label) }))}
          defaultValue={values ? [values.counts ?? []].flat() : purpose.counts}
          errors={errors.counts}
          hint="L’entrée dans l’annuaire compte toujours. Ouvrir un message ne compte jamais."
        />
      )}
      <TextArea {...field('howLong')} {...(runs ? { optional: true } : { required: true })} rows={2} />
    </FormSection>
  )
}
