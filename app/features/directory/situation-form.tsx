import { Form } from 'react-router'
import { LinkButton } from '#app/ui/button.tsx'
import { PageHead } from '#app/ui/content.tsx'
import { ErrorSummary, FormActions, FormSection } from '#app/ui/form-layout.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { type Errors, formLabels, type Keep } from './form-labels.ts'
import type { Profiles } from './person-fields.tsx'
import { SituationFields } from './situation-fields.tsx'

interface Props {
  title: string
  person: { id: string; fullName: string }
  profiles: Profiles
  keep: Keep
  errors: Errors | undefined
}

/** One thing that somebody does, with its dates. */
export function SituationForm({ title, person, profiles, keep, errors }: Props) {
  const href = `/bureau/personnes/${person.id}`
  return (
    <>
      <PageHead
        title={title}
        breadcrumb={[
          { label: 'Personnes', href: '/bureau/personnes' },
          { label: person.fullName, href },
        ]}
      />
      <ErrorSummary errors={errors} labels={formLabels} />
      <Form method="post" noValidate>
        <FormSection
          title={person.fullName}
          detail="Plusieurs situations peuvent être vraies en même temps. Pour un changement de poste, terminez l’ancienne et ajoutez la nouvelle."
        >
          <SituationFields keep={keep} errors={errors ?? {}} profiles={profiles} />
        </FormSection>
        <FormActions>
          <SubmitButton pendingLabel="Enregistrement…">Enregistrer</SubmitButton>
          <LinkButton href={href} look="plain">
            Annuler
          </LinkButton>
        </FormActions>
      </Form>
    </>
  )
}
