import { Form, redirect } from 'react-router'
import { requestContext } from '#app/platform/request-context.server.ts'
import { forbidden, idParam, notFound, requirePermission } from '#app/platform/web.server.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { RadioGroup } from '#app/ui/choices.tsx'
import { PageHead } from '#app/ui/content.tsx'
import { ErrorSummary, FormActions, FormSection } from '#app/ui/form-layout.tsx'
import { Select, TextArea } from '#app/ui/inputs.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { noteConsent } from '../consents.server.ts'
import { again, readInput } from '../form-answer.server.ts'
import { type Errors, formLabels, keeper } from '../form-labels.ts'
import { consentInput } from '../inputs.server.ts'
import { consentHowLabels, consentLabels, type ConsentPurpose, consentWordings } from '../labels.ts'
import { personFacts } from '../person-record.server.ts'
import type { Route } from './+types/consents'

/** `?objet=`: which answer is being taken down. */
export async function loader({ context, params, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'directory:write')
  const person = await personFacts(ctx, idParam(params.id))
  if (!person) throw notFound()
  const asked = url.searchParams.get('objet') ?? ''
  const purpose: ConsentPurpose = asked in consentLabels ? (asked as ConsentPurpose) : 'newsletter'
  return { person, start: { purpose, wording: consentWordings[purpose] } }
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const id = idParam(params.id)
  const { values, checked } = await readInput(request, consentInput)
  if (!checked.ok) return again(400, checked.error.errors, values)
  const noted = await noteConsent(context.get(requestContext), id, checked.value)
  if (noted.ok) return redirect(`/bureau/personnes/${id}#consentements`)
  switch (noted.error.type) {
    case 'not-allowed':
      throw forbidden()
    case 'not-found':
      throw notFound()
    default:
      return noted.error satisfies never
  }
}

const manners = Object.entries(consentHowLabels)
  .filter(([how]) => how !== 'registration' && how !== 'import')
  .map(([value, label]) => ({ value, label }))

export default function Consents({ loaderData: { person, start }, actionData }: Route.ComponentProps) {
  const errors: Errors = actionData?.errors ?? {}
  const keep = keeper(actionData?.values, start)
  const href = `/bureau/personnes/${person.id}`
  const purpose = keep('purpose') as ConsentPurpose
  return (
    <OfficePage>
      <title>{`Consentements – ${person.fullName}`}</title>
      <PageHead
        title="Enregistrer une réponse"
        breadcrumb={[
          { label: 'Personnes', href: '/bureau/personnes' },
          { label: person.fullName, href },
        ]}
        detail="La réponse la plus récente compte. Les précédentes restent lisibles sur la fiche."
      />
      <ErrorSummary errors={actionData?.errors} labels={formLabels} />
      <Form method="post" noValidate key={start.purpose}>
        <FormSection title={consentLabels[purpose] ?? 'Consentement'}>
          <input type="hidden" name="purpose" value={purpose} />
          <RadioGroup
            name="given"
            label="Réponse"
            inline
            required
            options={[
              { value: 'oui', label: 'Accepte' },
              { value: 'non', label: 'Refuse, ou ne veut plus' },
            ]}
            defaultValue={keep('given')}
            errors={errors.given ?? errors.purpose}
          />
          <Select
            name="how"
            label="Comment la réponse a été donnée"
            placeholder="Choisir…"
            options={manners}
            defaultValue={keep('how')}
            errors={errors.how}
            width="medium"
            required
          />
          <TextArea
            name="wording"
            label="Phrase à laquelle la personne a répondu"
            rows={2}
            defaultValue={keep('wording')}
            errors={errors.wording}
            required
          />
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
