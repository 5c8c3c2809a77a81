import { data, Form, redirect } from 'react-router'
import { type FormErrors, type FormValues, parseForm } from '#app/platform/forms.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { termOptions, termsOf } from '#app/platform/terms.server.ts'
import { forbidden, idParam, notFound, requirePermission } from '#app/platform/web.server.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { ErrorSummary, FormActions } from '#app/ui/form-layout.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { activityFieldLabels } from '../../labels.ts'
import { NOT_ALLOWED } from '../../record/sentences.ts'
import { formatDuration } from '../duration.ts'
import { seriesInput } from '../inputs.server.ts'
import { readSeries, type SeriesRecord } from '../read-series.server.ts'
import { type SaveSeriesError, updateSeries } from '../series.server.ts'
import { SeriesFields } from '../series-fields.tsx'
import { SeriesHead } from '../series-tabs.tsx'
import type { Route } from './+types/edit-series'

export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'activities:write')
  const series = await readSeries(ctx, idParam(params.id))
  if (!series) throw notFound('Cette série n’existe pas.')
  const options = termOptions(await termsOf(ctx.db, 'profil'))
  return { series, profiles: options.flatMap((option) => ('options' in option ? option.options : [option])) }
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const ctx = context.get(requestContext)
  const id = idParam(params.id)
  const form = await parseForm(request, seriesInput)
  if (!form.ok) return refused(form.error.errors, form.error.values)
  const saved = await updateSeries(ctx, id, form.value)
  return saved.ok ? redirect(`/bureau/series/${id}`) : answer(saved.error, typedOf(form.value))
}

function answer({ type }: SaveSeriesError, typed: FormValues) {
  switch (type) {
    case 'not-allowed':
      throw forbidden(NOT_ALLOWED)
    case 'not-found':
      throw notFound('Cette série n’existe pas.')
    case 'title-taken':
      return refused({ title: ['Une autre série porte déjà ce titre.'] }, typed)
    case 'unknown-profile':
      return refused({ profileIds: ['Un de ces profils n’existe pas, ou plus.'] }, typed)
    default:
      return type satisfies never
  }
}

const refused = (errors: FormErrors, typed: FormValues) =>
  data({ errors, typed, stamp: crypto.randomUUID() }, { status: 400 })

type Fields = Omit<SeriesRecord, 'id' | 'slug' | 'profiles'> & { profileIds: string[] }

const typedOf = (series: Fields): FormValues => ({
  title: series.title,
  kind: series.kind,
  description: series.description ?? '',
  objectives: series.objectives ?? '',
  audience: series.audience ?? '',
  profileIds: series.profileIds,
  requiredShare: series.requiredShare === null ? '' : String(series.requiredShare),
  plannedMinutes: series.plannedMinutes === null ? '' : formatDuration(series.plannedMinutes),
  visibility: series.visibility,
})

export default function EditSeries({ loaderData: { series, profiles }, actionData }: Route.ComponentProps) {
  const usual = typedOf({ ...series, profileIds: series.profiles.map(({ id }) => id) })
  return (
    <OfficePage>
      <SeriesHead series={series} part="Modifier" />
      <ErrorSummary errors={actionData?.errors} labels={activityFieldLabels} />
      <Form method="post" noValidate key={actionData?.stamp ?? 'saved'}>
        <SeriesFields typed={actionData?.typed ?? usual} errors={actionData?.errors ?? {}} profiles={profiles} />
        <FormActions>
          <SubmitButton>Enregistrer</SubmitButton>
          <LinkButton href={`/bureau/series/${series.id}`} look="plain">
            Ne rien changer
          </LinkButton>
        </FormActions>
      </Form>
    </OfficePage>
  )
}
