import { data, Form } from 'react-router'
import { z } from 'zod'
import { fields, parseForm } from '#app/platform/forms.server.ts'
import { requestContext, webRequest } from '#app/platform/request-context.server.ts'
import { tooMany } from '#app/platform/web.server.ts'
import { Notice } from '#app/ui/feedback.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { ErrorSummary, FormActions } from '#app/ui/form-layout.tsx'
import { TextField } from '#app/ui/inputs.tsx'
import { Link } from '#app/ui/link.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { askLink } from '../ask-link.server.ts'
import type { Route } from './+types/forgotten-password'

export async function action({ request, context }: Route.ActionArgs) {
  const form = await parseForm(request, z.object({ email: fields.email() }))
  if (!form.ok) return data({ ...form.error, sentTo: null }, { status: 400 })
  const { email } = form.value
  const { ip } = context.get(webRequest)
  const asked = await askLink(context.get(requestContext), { email, purpose: 'password-reset', ip, next: '/bureau' })
  if (!asked.ok) throw tooMany()
  return data({ errors: {}, values: { email }, sentTo: email })
}

export default function ForgottenPassword({ actionData }: Route.ComponentProps) {
  const errors: Record<string, string[] | undefined> = actionData?.errors ?? {}
  return (
    <div className="stack">
      <title>Nouveau mot de passe</title>
      <h1>Nouveau mot de passe</h1>
      {actionData?.sentTo ? (
        <Notice tone="good" title="Regardez votre courrier">
          <Fr>{`Si ${actionData.sentTo} a un compte, un lien vient de lui être envoyé. Il sert une fois, dans l’heure.`}</Fr>
        </Notice>
      ) : (
        <>
          <p className="lead">
            <Fr>Donnez l’adresse de votre compte : vous recevrez un lien pour choisir un autre mot de passe.</Fr>
          </p>
          <ErrorSummary errors={actionData?.errors} labels={{ email: 'Adresse électronique' }} />
          <Form method="post" className="stack">
            <TextField
              name="email"
              type="email"
              label="Adresse électronique"
              defaultValue={String(actionData?.values.email ?? '')}
              errors={errors.email}
              autoComplete="username"
              required
            />
            <FormActions>
              <SubmitButton>Recevoir le lien</SubmitButton>
            </FormActions>
          </Form>
        </>
      )}
      <p className="small">
        <Link href="/connexion">Revenir à la connexion</Link>
      </p>
    </div>
  )
}
