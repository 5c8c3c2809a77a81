import { Form } from 'react-router'
import { Fr } from '#app/ui/fr.tsx'
import { ErrorSummary, FormActions } from '#app/ui/form-layout.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { NewPasswordField } from './new-password-field.tsx'

interface Props {
  title: string
  lead: string
  email: string
  confirm: string
  errors: Record<string, string[] | undefined> | undefined
}

/** Both the invitation and the forgotten password end here. */
export const ChoosePasswordPage = ({ title, lead, email, confirm, errors }: Props) => (
  <div className="stack">
    <title>{title}</title>
    <h1>
      <Fr>{title}</Fr>
    </h1>
    <p className="lead">
      <Fr>{lead}</Fr>
    </p>
    <ErrorSummary errors={errors} labels={{ password: 'Mot de passe' }} />
    <Form method="post" className="stack">
      {/* For the keyring of the browser: whose password this is. */}
      <input type="email" name="email" value={email} autoComplete="username" readOnly hidden />
      <NewPasswordField errors={errors?.password} />
      <FormActions>
        <SubmitButton>{confirm}</SubmitButton>
      </FormActions>
    </Form>
  </div>
)
