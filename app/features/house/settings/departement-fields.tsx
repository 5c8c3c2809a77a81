import { CheckboxGroup } from '#app/ui/choices.tsx'
import { joinList, plural } from '#app/ui/french.ts'

interface DepartementFieldsProps {
  /** « dep-34 », « 34 – Hérault » */
  options: readonly { value: string; label: string }[]
  chosen: readonly string[]
  errors?: readonly string[]
}

const codeOf = (value: string) => value.replace(/^dep-/, '')

/** A hundred boxes, folded once the choice is made; the chosen ones are named. */
export function DepartementFields({ options, chosen, errors }: DepartementFieldsProps) {
  const boxes = options.map(({ value, label }) => ({ value: codeOf(value), label }))
  const named = boxes.filter(({ value }) => chosen.includes(value)).map(({ label }) => label)
  return (
    <details className="departements" open={chosen.length === 0 || (errors?.length ?? 0) > 0}>
      <summary>
        {chosen.length === 0
          ? 'Choisir les départements'
          : `${plural(chosen.length, 'département')}\u202f: ${joinList(named)}`}
      </summary>
      <CheckboxGroup
        name="departements"
        label="Départements du périmètre"
        options={boxes}
        defaultValue={chosen}
        errors={errors}
      />
    </details>
  )
}
