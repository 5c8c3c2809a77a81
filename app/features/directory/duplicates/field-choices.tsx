import { RadioGroup } from '#app/ui/choices.tsx'
import type { Difference } from './compare.server.ts'

/** Where the two records say different things, which of the two to believe. */
export const FieldChoices = ({
  ids: [one, other],
  differences,
  errors,
}: {
  ids: readonly [string, string]
  differences: readonly Difference[]
  errors: Record<string, string[] | undefined>
}) => (
  <div className="two">
    {differences.map((difference) => {
      const both = { value: 'both', label: 'Les deux, l’une sous l’autre' }
      const options = [
        { value: one, label: difference.one },
        { value: other, label: difference.other },
      ]
      const name = `champ-${difference.field}`
      return (
        <RadioGroup
          key={name}
          name={name}
          label={difference.label}
          options={difference.field === 'note' ? [...options, both] : options}
          defaultValue={difference.field === 'note' ? 'both' : one}
          errors={errors[name]}
        />
      )
    })}
  </div>
)
