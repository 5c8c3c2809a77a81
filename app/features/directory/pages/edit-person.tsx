import { Form, redirect } from 'react-router'
import { requestContext } from '#app/platform/request-context.server.ts'
import { forbidden, idParam, notFound, requirePermission } from '#app/platform/web.server.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { PageHead } from '#app/ui/content.tsx'
import { ErrorSummary, FormActions, FormSection } from '#app/ui/form-layout.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { personChoices } from '../choices.server.ts'
import { again, readInput, unknownSentence } from '../form-answer.server.ts'
import { type Errors, formLabels, keeper } from '../form-labels.ts'
import { personInput } from '../inputs.server.ts'
import { IdentityFields, NoteField } from '../person-fields.tsx'
import { personFacts } from '../person-record.server.ts'
import { updatePerson } from '../update-person.server.ts'
import type { Route } from './+types/edit-person'

export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'directory:write')
  const person = await personFacts(ctx, idParam(params.id))
  if (!person) throw notFound()
  if (person.mergedIntoId) throw redirect(`/bureau/personnes/${person.mergedIntoId}/modifier`)
  const { departements } = await personChoices(ctx)
  return { person, departements }
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const id = idParam(params.id)
  const { values, checked } = await readInput(request, personInput)
  if (!checked.ok) return again(400, checked.error.errors, values)
  const updated = await updatePerson(context.get(requestContext), id, checked.value)
  if (updated.ok) return redirect(`/bureau/personnes/${id}`)
  switch (updated.error.type) {
    case 'not-allowed':
      throw forbidden()
    case 'not-found':
      throw notFound()
    case 'merged':
      return redirect(`/bureau/personnes/${updated.error.keptId}`)
    case 'unknown-reference':
      return again(400, unknownSentence(updated.error), values)
    default:
      return updated.error satisfies never
  }
}

export default function EditPerson({ loaderData: { person, departements }, actionData }: Route.ComponentProps) {
  const errors: Errors = actionData?.errors ?? {}
  const keep = keeper(actionData?.values, person)
  const href = `/bureau/personnes/${person.id}`
  return (
    <OfficePage>
      <title>{`Modifier ${person.fullName}`}</title>
      <PageHead
        title={`Modifier ${person.fullName}`}
        breadcrumb={[
          { label: 'Personnes', href: '/bureau/personnes' },
          { label: person.fullName, href },
        ]}
      />
      <ErrorSummary errors={actionData?.errors} labels={formLabels} />
      <Form method="post" noValidate>
        <FormSection
          title="La personne"
          detail="Ce qui est écrit sur les présences passées ne change pas. Fonction et organisation se modifient sur la fiche."
        >
          <IdentityFields keep={keep} errors={errors} departements={departements} />
        </FormSection>
        <FormSection title="Pour l’équipe">
          <NoteField keep={keep} errors={errors} />
        </FormSection>
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
