import { data, Form, redirect } from 'react-router'
import { can } from '#app/platform/context.ts'
import { type FormErrors, type FormValues, parseForm } from '#app/platform/forms.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { forbidden, idParam, notFound } from '#app/platform/web.server.ts'
import { PageHead, Section } from '#app/ui/content.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { EmptyState } from '#app/ui/feedback.tsx'
import { plural } from '#app/ui/french.ts'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { activityColumns } from '../columns.tsx'
import { FormNotices } from '../form-notices.tsx'
import { seriesInput } from '../inputs.server.ts'
import { activitiesOfSeries } from '../list.server.ts'
import { NOT_ALLOWED } from '../sentences.ts'
import { listSeries, updateSeries } from '../series.server.ts'
import { SeriesFields } from '../series-fields.tsx'
import type { Route } from './+types/series'
import '../record.css'

export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const id = idParam(params.id)
  const [series] = (await listSeries(ctx, id)) ?? []
  if (!series) throw notFound('Cette série n’existe pas.')
  return { series, rows: await activitiesOfSeries(ctx, id), mayWrite: can(ctx.actor, 'activities:write') }
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const ctx = context.get(requestContext)
  const id = idParam(params.id)
  const form = await parseForm(request, seriesInput)
  if (!form.ok) return refused(form.error.errors, form.error.values)
  const saved = await updateSeries(ctx, id, form.value)
  if (saved.ok) return redirect(`/bureau/series/${id}`)
  switch (saved.error.type) {
    case 'not-allowed':
      throw forbidden(NOT_ALLOWED)
    case 'not-found':
      throw notFound('Cette série n’existe pas.')
    case 'title-taken':
      return refused(
        { title: ['Une autre série porte déjà ce titre.'] },
        { title: form.value.title, description: form.value.description ?? '' },
      )
    default:
      return saved.error satisfies never
  }
}

const refused = (errors: FormErrors, typed: FormValues) =>
  data({ errors, typed, stamp: crypto.randomUUID() }, { status: 400 })

export default function SeriesPage({ loaderData: { series, rows, mayWrite }, actionData }: Route.ComponentProps) {
  const { title, description, activities, halfDays, present } = series
  const summary = [plural(activities, 'activité'), plural(halfDays, 'demi-journée'), plural(present, 'présence')]
  return (
    <OfficePage>
      <title>{title}</title>
      <PageHead title={title} breadcrumb={[{ label: 'Séries', href: '/bureau/series' }]} detail={summary.join(' · ')} />
      <FormNotices state={actionData} />
      {description && <p className="prose pre">{description}</p>}
      <DataTable
        caption="Activités de la série"
        columns={activityColumns.map((column) => ({ ...column, sortable: false }))}
        rows={rows}
        rowKey={({ id }) => id}
        empty={
          <EmptyState title="Aucune activité dans cette série">
            <p>Choisissez cette série dans la fiche d’une activité.</p>
          </EmptyState>
        }
      />
      {mayWrite && (
        <Section title="Modifier la série">
          <Form
            method="post"
            noValidate
            className="stack narrow-form"
            key={actionData?.stamp ?? `${title}${description}`}
          >
            <SeriesFields
              typed={actionData?.typed ?? { title, description: description ?? '' }}
              errors={actionData?.errors ?? {}}
            />
            <SubmitButton>Enregistrer</SubmitButton>
          </Form>
        </Section>
      )}
    </OfficePage>
  )
}
