import { data, Form, redirect } from 'react-router'
import { can } from '#app/platform/context.ts'
import { type FormErrors, type FormValues, parseForm } from '#app/platform/forms.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { forbidden, notFound } from '#app/platform/web.server.ts'
import { PageHead, Section } from '#app/ui/content.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { EmptyState } from '#app/ui/feedback.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { FormNotices } from '../form-notices.tsx'
import { seriesInput } from '../inputs.server.ts'
import { NOT_ALLOWED } from '../sentences.ts'
import { createSeries, listSeries } from '../series.server.ts'
import { seriesColumns } from '../series-columns.tsx'
import { SeriesFields } from '../series-fields.tsx'
import type { Route } from './+types/series-list'
import '../record.css'

export async function loader({ context }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const rows = await listSeries(ctx)
  if (!rows) throw notFound()
  return { rows, mayWrite: can(ctx.actor, 'activities:write') }
}

export async function action({ context, request }: Route.ActionArgs) {
  const ctx = context.get(requestContext)
  const form = await parseForm(request, seriesInput)
  if (!form.ok) return refused(form.error.errors, form.error.values)
  const made = await createSeries(ctx, form.value)
  if (made.ok) return redirect(`/bureau/series/${made.value.id}`)
  const typed = { title: form.value.title, description: form.value.description ?? '' }
  switch (made.error.type) {
    case 'not-allowed':
      throw forbidden(NOT_ALLOWED)
    case 'not-found':
      throw notFound('Cette série n’existe pas.')
    case 'title-taken':
      return refused({ title: ['Une autre série porte déjà ce titre.'] }, typed)
    default:
      return made.error satisfies never
  }
}

const refused = (errors: FormErrors, typed: FormValues) =>
  data({ errors, typed, stamp: crypto.randomUUID() }, { status: 400 })

export default function SeriesList({ loaderData: { rows, mayWrite }, actionData }: Route.ComponentProps) {
  return (
    <OfficePage>
      <title>Séries</title>
      <PageHead
        title="Séries"
        breadcrumb={[{ label: 'Activités', href: '/bureau/activites' }]}
        detail="Un cycle de formation, un parcours, toute suite d’activités qui se tiennent."
      />
      <FormNotices state={actionData} />
      <DataTable
        caption="Séries"
        columns={seriesColumns}
        rows={rows}
        rowKey={({ id }) => id}
        noun={{ one: 'série' }}
        empty={
          <EmptyState title="Aucune série">
            <p>Donnez un nom à un cycle, puis choisissez-le dans la fiche de chacune de ses activités.</p>
          </EmptyState>
        }
      />
      {mayWrite && (
        <Section title="Nouvelle série">
          <Form method="post" noValidate className="stack narrow-form" key={actionData?.stamp ?? rows.length}>
            <SeriesFields typed={actionData?.typed ?? {}} errors={actionData?.errors ?? {}} />
            <SubmitButton>Créer la série</SubmitButton>
          </Form>
        </Section>
      )}
    </OfficePage>
  )
}
