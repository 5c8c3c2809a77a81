import type { Role } from '#app/platform/permissions.ts'
import { roleLabels, roles } from '#app/platform/permissions.ts'
import { RadioGroup } from '#app/ui/choices.tsx'
import type { FieldErrors } from '#app/ui/field.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { roleHints } from '../labels.ts'

interface Props {
  defaultValue?: string
  errors?: FieldErrors
  /** The roles that may be chosen; all of them unless told. */
  choices?: readonly Role[]
}

export const RoleField = ({ defaultValue, errors, choices = roles }: Props) => (
  <RadioGroup
    name="role"
    label="Rôle"
    errors={errors}
    defaultValue={defaultValue}
    required
    options={choices.map((value) => ({ value, label: roleLabels[value], hint: <Fr>{roleHints[value]}</Fr> }))}
  />
)
