import { Form } from 'react-router'
import { Fr } from '#app/ui/fr.tsx'
import { FormActions } from '#app/ui/form-layout.tsx'
import { TextField } from '#app/ui/inputs.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { NewPasswordField } from '../entry/new-password-field.tsx'

interface Props {
  hasPassword: boolean
  errors: Record<string, string[] | undefined> | undefined
}

export const PasswordSection = ({ hasPassword, errors }: Props) =>
  hasPassword ? (
    <Form method="post" className="stack">
      <TextField
        name="present"
        type="password"
        label="Mot de passe actuel"
        errors={errors?.present}
        autoComplete="current-password"
        width="medium"
        required
      />
      <NewPasswordField label="Nouveau mot de passe" width="medium" errors={errors?.password} />
      <p className="small soft">
        <Fr>Vos autres appareils seront déconnectés.</Fr>
      </p>
      <FormActions>
        <SubmitButton look="quiet" name="intent" value="password" pendingLabel="Changement…">
          Changer le mot de passe
        </SubmitButton>
      </FormActions>
    </Form>
  ) : (
    <Form method="post" className="stack">
      <p>
        <Fr>Vous n’avez pas encore de mot de passe : vous entrez par les liens reçus par courriel.</Fr>
      </p>
      <FormActions>
        <SubmitButton look="quiet" name="intent" value="ask-link">
          Recevoir un lien pour en choisir un
        </SubmitButton>
      </FormActions>
    </Form>
  )
