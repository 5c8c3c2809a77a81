import { Form, redirect } from 'react-router'
import { requestContext } from '#app/platform/request-context.server.ts'
import { forbidden, requirePermission } from '#app/platform/web.server.ts'
import { PageHead } from '#app/ui/content.tsx'
import { ErrorSummary, FormActions, FormSection } from '#app/ui/form-layout.tsx'
import { LinkButton } from '#app/ui/button.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { addPerson } from '../add-person.server.ts'
import { personChoices } from '../choices.server.ts'
import { again, readInput, unknownSentence } from '../form-answer.server.ts'
import { type Errors, formLabels, keeper } from '../form-labels.ts'
import { newPersonInput } from '../inputs.server.ts'
import { organisationFacts } from '../organisation-record.server.ts'
import { IdentityFields, NoteField } from '../person-fields.tsx'
import { SituationFields } from '../situation-fields.tsx'
import { TwinsNotice } from '../twins-notice.tsx'
import type { Route } from './+types/new-person'

/** `?organisation=`: a colleague added from the page of an organisation. */
export async function loader({ context, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'directory:write')
  const asked = url.searchParams.get('organisation') ?? ''
  const organisation = /^[0-9a-f-]{36}$/i.test(asked) ? await organisationFacts(ctx, asked) : null
  const start = organisation
    ? {
        organisationId: organisation.id,
        organisationName: organisation.name,
        departementId: organisation.departementId,
      }
    : {}
  return { start, ...(await personChoices(ctx)) }
}

export async function action({ request, context }: Route.ActionArgs) {
  const { values, checked } = await readInput(request, newPersonInput)
  if (!checked.ok) return again(400, checked.error.errors, values)
  const added = await addPerson(context.get(requestContext), checked.value)
  if (added.ok) return redirect(`/bureau/personnes/${added.value.id}`)
  switch (added.error.type) {
    case 'not-allowed':
      throw forbidden()
    case 'like-others':
      return again(409, {}, values, added.error.twins)
    case 'unknown-reference':
      return again(400, unknownSentence(added.error), values)
    default:
      return added.error satisfies never
  }
}

export default function NewPerson({ loaderData: { start, departements, profiles }, actionData }: Route.ComponentProps) {
  const errors: Errors = actionData?.errors ?? {}
  const keep = keeper(actionData?.values, start)
  return (
    <OfficePage>
      <title>Ajouter une personne</title>
      <PageHead title="Ajouter une personne" breadcrumb={[{ label: 'Personnes', href: '/bureau/personnes' }]} />
      <ErrorSummary errors={actionData?.errors} labels={formLabels} />
      <Form method="post" noValidate>
        <TwinsNotice twins={actionData?.twins ?? []} path="/bureau/personnes" />
        <FormSection
          title="La personne"
          detail="Seul le nom est nécessaire. Le reste aide à la joindre et à la reconnaître."
        >
          <IdentityFields keep={keep} errors={errors} departements={departements} />
        </FormSection>
        <FormSection
          title="Ce qu’elle fait"
          detail="Sa situation d’aujourd’hui. D’autres s’ajoutent ensuite sur sa fiche."
        >
          <SituationFields keep={keep} errors={errors} profiles={profiles} withEnd={false} />
        </FormSection>
        <FormSection title="Pour l’équipe">
          <NoteField keep={keep} errors={errors} />
        </FormSection>
        <FormActions>
          <SubmitButton pendingLabel="Enregistrement…">Ajouter</SubmitButton>
          <LinkButton href="/bureau/personnes" look="plain">
            Annuler
          </LinkButton>
        </FormActions>
      </Form>
    </OfficePage>
  )
}
