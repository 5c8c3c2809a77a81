import type { FieldErrors } from '#app/ui/field.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { TextField } from '#app/ui/inputs.tsx'
import { PASSWORD_MIN } from '../password-rules.ts'

interface Props {
  label?: string
  width?: 'medium'
  errors?: FieldErrors
}

export const NewPasswordField = ({ label = 'Mot de passe', width, errors }: Props) => (
  <TextField
    name="password"
    type="password"
    label={label}
    hint={<Fr>{`${PASSWORD_MIN} caractères au moins : quelques mots sans rapport entre eux font l’affaire.`}</Fr>}
    errors={errors}
    autoComplete="new-password"
    width={width}
    required
  />
)
