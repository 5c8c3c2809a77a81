import { Checkbox, RadioGroup } from '#app/ui/choices.tsx'
import { Section } from '#app/ui/content.tsx'
import { NumberField, Select } from '#app/ui/inputs.tsx'
import { formatDateTime } from '#app/ui/french.ts'
import type { FormErrors, FormValues } from '#app/platform/forms.server.ts'
import { connectionToolLabels } from '../labels.ts'
import type { Review } from './review.server.ts'
import { minutesSaid } from './sentences.ts'

interface RuleFieldsProps {
  review: Review
  errors?: FormErrors
  values?: FormValues
}

const kinds = [
  { value: 'share', label: 'Une part de la séance (%)' },
  { value: 'minutes', label: 'Un nombre de minutes' },
  { value: 'none', label: 'Aucun : toute connexion compte' },
]

/** From how long a connection counts as a presence, and which list this one completes. */
export function RuleFields({ review, errors, values }: RuleFieldsProps) {
  const { rule, minimum, others, state } = review
  const value = (name: string, otherwise: string) => [values?.[name] ?? otherwise].flat().at(-1) ?? ''
  const same = others.find((one) => one.same)
  return (
    <Section title="Minimum de connexion" id="minimum">
      <div className="connection-rule">
        <Select
          name="regle"
          label="Compte comme présente"
          options={kinds}
          defaultValue={value('regle', rule.kind)}
          width="medium"
        />
        <NumberField
          name="valeur"
          label="Minimum"
          defaultValue={value('valeur', rule.kind === 'none' ? '' : String(rule.value))}
          errors={errors?.valeur}
        />
        <p className="small soft">
          {rule.kind === 'none'
            ? 'Toute connexion compte.'
            : `Soit ${minutesSaid(minimum)} pendant l’activité ; deux écrans à la fois comptent une fois.`}
        </p>
      </div>
      <Checkbox
        name="retenir"
        label="Proposer ce minimum pour les prochaines listes"
        defaultChecked={values?.retenir !== undefined}
      />
      {state === 'draft' && others.length > 0 && (
        <RadioGroup
          name="remplace"
          label="D’autres listes de cette activité sont validées"
          defaultValue={value('remplace', same?.id ?? '')}
          options={[
            { value: '', label: 'Celle-ci s’y ajoute (autre salle, autre séance)' },
            ...others.map(({ id, tool, fileName, at }) => ({
              value: id,
              label: `Celle-ci remplace ${connectionToolLabels[tool]} ${fileName && `« ${fileName} »`} du ${formatDateTime(at, 'numeric')}`,
            })),
          ]}
        />
      )}
    </Section>
  )
}
