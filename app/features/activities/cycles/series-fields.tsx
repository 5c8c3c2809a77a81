import { CheckboxGroup, RadioGroup } from '#app/ui/choices.tsx'
import { FieldRow, FormSection } from '#app/ui/form-layout.tsx'
import { NumberField, TextArea, TextField } from '#app/ui/inputs.tsx'
import { optionsOf, seriesKindLabels, visibilityLabels } from '../labels.ts'
import type { FormState } from '../record/form-state.ts'
import { type Line, textOf } from '../record/lines.ts'

interface Props {
  typed: Line
  errors: FormState['errors']
}

const fieldOf =
  ({ typed, errors }: Props) =>
  (name: string, label: string) => ({ name, label, defaultValue: textOf(typed, name), errors: errors[name] })

const kindHints = {
  cycle: 'Les mêmes personnes suivent plusieurs activités ; l’assiduité est suivie et peut donner une attestation.',
  suite: 'Des activités qui se tiennent, sans suivi de l’assiduité de chacun.',
}

/** What is asked first: a name, and what it is. */
export const SeriesNameFields = (form: Props) => {
  const field = fieldOf(form)
  return (
    <>
      <TextField {...field('title', 'Titre')} required maxLength={200} />
      <RadioGroup
        {...field('kind', 'Nature')}
        required
        options={optionsOf(seriesKindLabels).map((option) => ({ ...option, hint: kindHints[option.value] }))}
      />
      <TextArea {...field('description', 'Présentation')} optional rows={3} maxLength={4000} />
    </>
  )
}

export function SeriesFields({ profiles, ...form }: Props & { profiles: readonly { value: string; label: string }[] }) {
  const field = fieldOf(form)
  const chosen = form.typed.profileIds
  return (
    <>
      <FormSection title="Quoi">
        <SeriesNameFields {...form} />
      </FormSection>
      <FormSection title="Pour qui, pour quoi">
        <TextArea
          {...field('objectives', 'Objectifs')}
          hint="Un par ligne : ce que les participants sauront faire."
          optional
          rows={4}
          maxLength={4000}
        />
        <TextArea {...field('audience', 'Public visé')} optional rows={2} maxLength={1000} />
        <details className="more" open={(chosen?.length ?? 0) > 0 || form.errors.profileIds !== undefined}>
          <summary>Profils visés</summary>
          <CheckboxGroup
            name="profileIds"
            label="Profils visés"
            options={profiles}
            defaultValue={typeof chosen === 'string' ? [chosen].filter(Boolean) : ((chosen ?? []) as string[])}
            errors={form.errors.profileIds}
            inline
          />
        </details>
      </FormSection>
      <FormSection title="Assiduité" detail="Pour un cycle de formation.">
        <FieldRow>
          <NumberField
            {...field('requiredShare', 'Assiduité demandée')}
            unit="%"
            hint="Part des activités tenues qu’il faut avoir suivies pour l’attestation."
            optional
          />
          <TextField
            {...field('plannedMinutes', 'Durée prévue')}
            hint="En heures : 21, ou 10 h 30."
            optional
            width="short"
          />
        </FieldRow>
      </FormSection>
      <FormSection title="Page publique" detail="On s’y inscrit à tout le cycle en une fois.">
        <RadioGroup {...field('visibility', 'Visibilité')} required options={optionsOf(visibilityLabels)} />
      </FormSection>
    </>
  )
}
