import { data, redirect } from 'react-router'
import { checkForm, formValues, readForm, type FormErrors, type FormValues } from '#app/platform/forms.server.ts'
import { readPurpose } from '#app/platform/purposes.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { forbidden, notFound, requirePermission } from '#app/platform/web.server.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { PageHead } from '#app/ui/content.tsx'
import { ErrorSummary, FormActions } from '#app/ui/form-layout.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { BASE } from '../privacy-head.tsx'
import { PurposeFields, purposeLabels } from '../purposes/purpose-fields.tsx'
import { purposeForm, updatePurpose, type UpdatePurposeError } from '../purposes/update-purpose.server.ts'
import type { Route } from './+types/purpose'

export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'privacy:write')
  const purpose = await readPurpose(ctx.db, params.id)
  if (!purpose) throw notFound('Il n’y a pas de finalité à cette adresse.')
  return { purpose }
}

const again = (errors: FormErrors, values: FormValues) => data({ errors, values }, { status: 400 })

export async function action({ request, context, params }: Route.ActionArgs) {
  const sent = await readForm(request)
  const form = checkForm(sent, purposeForm)
  if (!form.ok) return again(form.error.errors, form.error.values)
  const updated = await updatePurpose(context.get(requestContext), params.id, form.value)
  if (updated.ok) return redirect(`${BASE}/finalites`, 303)
  return again(sentencesOf(updated.error), formValues(sent))
}

function sentencesOf(error: UpdatePurposeError): FormErrors {
  switch (error.type) {
    case 'not-allowed':
      throw forbidden()
    case 'not-found':
      throw notFound()
    case 'duration-needed':
      return { duration: ['Donnez une durée : les effacements automatiques en dépendent.'] }
    case 'nothing-counts':
      return { counts: ['Choisissez au moins une démarche.'] }
    case 'no-text':
      return { howLong: ['Dites combien de temps ces données sont gardées.'] }
    default:
      return error satisfies never
  }
}

export default function PurposePage({ loaderData: { purpose }, actionData }: Route.ComponentProps) {
  return (
    <OfficePage>
      <title>{`${purpose.title} – Données personnelles`}</title>
      <PageHead
        title={purpose.title}
        breadcrumb={[
          { label: 'Données personnelles', href: BASE },
          { label: 'Finalités et durées', href: `${BASE}/finalites` },
        ]}
      />
      <form method="post" noValidate>
        <ErrorSummary errors={actionData?.errors} labels={purposeLabels} />
        <PurposeFields purpose={purpose} errors={actionData?.errors ?? {}} values={actionData?.values} />
        <FormActions>
          <SubmitButton pendingLabel="Enregistrement…">Enregistrer</SubmitButton>
          <LinkButton href={`${BASE}/finalites`} look="plain">
            Annuler
          </LinkButton>
        </FormActions>
      </form>
    </OfficePage>
  )
}
