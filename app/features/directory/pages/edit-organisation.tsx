import { Form, redirect } from 'react-router'
import { requestContext } from '#app/platform/request-context.server.ts'
import { forbidden, idParam, notFound, requirePermission } from '#app/platform/web.server.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { PageHead } from '#app/ui/content.tsx'
import { ErrorSummary, FormActions } from '#app/ui/form-layout.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { updateOrganisation } from '../add-organisation.server.ts'
import { organisationChoices } from '../choices.server.ts'
import { again, readInput, takenSiret, unknownSentence } from '../form-answer.server.ts'
import { type Errors, formLabels, keeper } from '../form-labels.ts'
import { organisationInput } from '../inputs.server.ts'
import { OrganisationFields } from '../organisation-fields.tsx'
import { organisationFacts } from '../organisation-record.server.ts'
import type { Route } from './+types/edit-organisation'

export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'directory:write')
  const organisation = await organisationFacts(ctx, idParam(params.id))
  if (!organisation || organisation.mergedIntoId) throw notFound()
  return { organisation, ...(await organisationChoices(ctx, organisation.kindId)) }
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const id = idParam(params.id)
  const { values, checked } = await readInput(request, organisationInput)
  if (!checked.ok) return again(400, checked.error.errors, values)
  const updated = await updateOrganisation(context.get(requestContext), id, checked.value)
  if (updated.ok) return redirect(`/bureau/organisations/${id}`)
  switch (updated.error.type) {
    case 'not-allowed':
      throw forbidden()
    case 'not-found':
      throw notFound()
    case 'siret-taken':
      return again(409, takenSiret(updated.error.name), values)
    case 'unknown-reference':
      return again(400, unknownSentence(updated.error), values)
    default:
      return updated.error satisfies never
  }
}

export default function EditOrganisation({
  loaderData: { organisation, departements, kinds },
  actionData,
}: Route.ComponentProps) {
  const errors: Errors = actionData?.errors ?? {}
  const href = `/bureau/organisations/${organisation.id}`
  return (
    <OfficePage>
      <title>{`Modifier ${organisation.name}`}</title>
      <PageHead
        title={`Modifier ${organisation.name}`}
        breadcrumb={[
          { label: 'Organisations', href: '/bureau/organisations' },
          { label: organisation.name, href },
        ]}
      />
      <ErrorSummary errors={actionData?.errors} labels={formLabels} />
      <Form method="post" noValidate>
        <OrganisationFields
          keep={keeper(actionData?.values, organisation)}
          errors={errors}
          departements={departements}
          kinds={kinds}
        />
        <FormActions>
          <SubmitButton pendingLabel="Enregistrement…">Enregistrer</SubmitButton>
          <LinkButton href={href} look="plain">
            Annuler
          </LinkButton>
        </FormActions>
      </Form>
    </OfficePage>
  )
}
