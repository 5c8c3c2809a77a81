import { data, Form, redirect } from 'react-router'
import { can } from '#app/platform/context.ts'
import { type FormErrors, type FormValues, parseForm } from '#app/platform/forms.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { forbidden, notFound } from '#app/platform/web.server.ts'
import { PageHead, Section } from '#app/ui/content.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { EmptyState } from '#app/ui/feedback.tsx'
import { ErrorSummary } from '#app/ui/form-layout.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { activityFieldLabels } from '../../labels.ts'
import { NOT_ALLOWED } from '../../record/sentences.ts'
import { newSeriesInput } from '../inputs.server.ts'
import { createSeries, listSeries, type SaveSeriesError } from '../series.server.ts'
import { seriesColumns } from '../series-columns.tsx'
import { SeriesNameFields } from '../series-fields.tsx'
import type { Route } from './+types/series-list'

export async function loader({ context }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const rows = await listSeries(ctx)
  if (!rows) throw notFound()
  return { rows, mayWrite: can(ctx.actor, 'activities:write') }
}

export async function action({ context, request }: Route.ActionArgs) {
  const ctx = context.get(requestContext)
  const form = await parseForm(request, newSeriesInput)
  if (!form.ok) return refused(form.error.errors, form.error.values)
  const made = await createSeries(ctx, form.value)
  if (made.ok) return redirect(`/bureau/series/${made.value.id}${form.value.kind === 'cycle' ? '/modifier' : ''}`)
  return answer(made.error, { ...form.value, description: form.value.description ?? '' })
}

function answer({ type }: SaveSeriesError, typed: FormValues) {
  switch (type) {
    case 'not-allowed':
      throw forbidden(NOT_ALLOWED)
    case 'not-found':
    case 'unknown-profile':
      throw notFound('Cette série n’existe pas.')
    case 'title-taken':
      return refused({ title: ['Une autre série porte déjà ce titre.'] }, typed)
    default:
      return type satisfies never
  }
}

const refused = (errors: FormErrors, typed: FormValues) =>
  data({ errors, typed, stamp: crypto.randomUUID() }, { status: 400 })

export default function SeriesList({ loaderData: { rows, mayWrite }, actionData }: Route.ComponentProps) {
  return (
    <OfficePage>
      <title>Cycles et séries</title>
      <PageHead
        title="Cycles et séries"
        breadcrumb={[{ label: 'Activités', href: '/bureau/activites' }]}
        detail="Un cycle de formation suivi par les mêmes personnes, un parcours, toute suite d’activités qui se tiennent."
      />
      <ErrorSummary errors={actionData?.errors} labels={activityFieldLabels} />
      <DataTable
        caption="Cycles et séries"
        columns={seriesColumns}
        rows={rows}
        rowKey={({ id }) => id}
        noun={{ one: 'série' }}
        empty={
          <EmptyState title="Aucun cycle, aucune série">
            <p>Donnez un nom à un cycle, puis choisissez-le dans la fiche de chacune de ses activités.</p>
          </EmptyState>
        }
      />
      {mayWrite && (
        <Section title="Nouveau cycle, nouvelle série">
          <Form method="post" noValidate className="stack narrow-form" key={actionData?.stamp ?? rows.length}>
            <SeriesNameFields typed={actionData?.typed ?? { kind: 'cycle' }} errors={actionData?.errors ?? {}} />
            <SubmitButton>Créer</SubmitButton>
          </Form>
        </Section>
      )}
    </OfficePage>
  )
}
