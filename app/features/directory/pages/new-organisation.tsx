import { Form, redirect } from 'react-router'
import { requestContext } from '#app/platform/request-context.server.ts'
import { forbidden, requirePermission } from '#app/platform/web.server.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { PageHead } from '#app/ui/content.tsx'
import { ErrorSummary, FormActions } from '#app/ui/form-layout.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { addOrganisation } from '../add-organisation.server.ts'
import { organisationChoices } from '../choices.server.ts'
import { again, readInput, takenSiret, unknownSentence } from '../form-answer.server.ts'
import { type Errors, formLabels, keeper } from '../form-labels.ts'
import { organisationInput } from '../inputs.server.ts'
import { OrganisationFields } from '../organisation-fields.tsx'
import { TwinsNotice } from '../twins-notice.tsx'
import type { Route } from './+types/new-organisation'

/** `?nom=`: one that a registrant wrote, and that the directory does not know. */
export async function loader({ context, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'directory:write')
  const start = { name: (url.searchParams.get('nom') ?? '').slice(0, 200) }
  return { start, ...(await organisationChoices(ctx)) }
}

export async function action({ request, context }: Route.ActionArgs) {
  const { values, checked } = await readInput(request, organisationInput)
  if (!checked.ok) return again(400, checked.error.errors, values)
  const added = await addOrganisation(context.get(requestContext), checked.value)
  if (added.ok) return redirect(`/bureau/organisations/${added.value.id}`)
  switch (added.error.type) {
    case 'not-allowed':
      throw forbidden()
    case 'like-others':
      return again(409, {}, values, added.error.twins)
    case 'siret-taken':
      return again(409, takenSiret(added.error.name), values)
    case 'unknown-reference':
      return again(400, unknownSentence(added.error), values)
    default:
      return added.error satisfies never
  }
}

export default function NewOrganisation({
  loaderData: { start, departements, kinds },
  actionData,
}: Route.ComponentProps) {
  const errors: Errors = actionData?.errors ?? {}
  return (
    <OfficePage>
      <title>Ajouter une organisation</title>
      <PageHead
        title="Ajouter une organisation"
        breadcrumb={[{ label: 'Organisations', href: '/bureau/organisations' }]}
      />
      <ErrorSummary errors={actionData?.errors} labels={formLabels} />
      <Form method="post" noValidate>
        <TwinsNotice twins={actionData?.twins ?? []} path="/bureau/organisations" />
        <OrganisationFields
          keep={keeper(actionData?.values, start)}
          errors={errors}
          departements={departements}
          kinds={kinds}
        />
        <FormActions>
          <SubmitButton pendingLabel="Enregistrement…">Ajouter</SubmitButton>
          <LinkButton href="/bureau/organisations" look="plain">
            Annuler
          </LinkButton>
        </FormActions>
      </Form>
    </OfficePage>
  )
}
