import { data, redirect } from 'react-router'
import { can } from '#app/platform/context.ts'
import { parseForm } from '#app/platform/forms.server.ts'
import { listErrorAnswer, type ListParamsError, parseListParams } from '#app/platform/list-params.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { forbidden, idParam, notFound } from '#app/platform/web.server.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { EmptyState } from '#app/ui/feedback.tsx'
import { SearchField, Select } from '#app/ui/inputs.tsx'
import { Link } from '#app/ui/link.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { attendanceModeLabels, attendanceStatusLabels, optionsOf } from '../../labels.ts'
import { activityHead } from '../../record/activity-head.server.ts'
import { ActivityPageHead } from '../../record/activity-tabs.tsx'
import { registrationColumns, registrationRules } from '../office/columns.tsx'
import { registrationList } from '../office/list.server.ts'
import { PlacesSummary, SettingsForm } from '../office/settings-form.tsx'
import { registrationSettings, setRegistration } from '../office/settings.server.ts'
import { registrationState } from '../state.ts'
import type { Route } from './+types/office-registrations'

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const id = idParam(params.id)
  const head = await activityHead(ctx, id)
  if (!head) throw notFound()
  const state = parseListParams(url.searchParams, registrationRules)
  if (!state.ok) throw refusal(state.error)
  const list = await registrationList(ctx, id, state.value)
  if (!list.ok) throw list.error.type === 'not-found' ? notFound() : refusal(list.error)
  const may = {
    write: can(ctx.actor, 'attendance:write'),
    export: can(ctx.actor, 'attendance:export'),
    set: can(ctx.actor, 'activities:write'),
  }
  return { head, state: state.value, ...list.value, open: registrationState(list.value.activity, ctx.now()), may }
}

function refusal(error: ListParamsError) {
  const { message, status } = listErrorAnswer(error)
  return data(message, { status })
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const ctx = context.get(requestContext)
  const id = idParam(params.id)
  const form = await parseForm(request, registrationSettings)
  if (!form.ok) return data(form.error, { status: 400 })
  const done = await setRegistration(ctx, id, form.value)
  if (done.ok) return redirect(`/bureau/activites/${id}/inscriptions`)
  switch (done.error.type) {
    case 'not-allowed':
      throw forbidden()
    case 'not-found':
      throw notFound()
    case 'cancelled':
      return data(
        { errors: { '': ['Cette activité est annulée : on ne s’y inscrit plus.'] }, values: {} },
        { status: 409 },
      )
    case 'changed-since':
      return data(
        { errors: { '': ['La fiche vient de changer : relisez, puis recommencez.'] }, values: {} },
        { status: 409 },
      )
    default:
      return done.error satisfies never
  }
}

export default function OfficeRegistrations({ loaderData, actionData }: Route.ComponentProps) {
  const { head, activity, places, rows, total, state, may, open } = loaderData
  const base = `/bureau/activites/${activity.id}/inscriptions`
  const columns = registrationColumns({ activityId: activity.id, mode: activity.mode, questions: activity.questions })
  return (
    <OfficePage>
      <ActivityPageHead
        head={head}
        part="Inscriptions"
        actions={
          may.write &&
          activity.status === 'published' && <LinkButton href={`${base}/nouvelle`}>Inscrire une personne</LinkButton>
        }
      />
      <PlacesSummary activity={activity} places={places} open={open} />
      {may.set && activity.status !== 'cancelled' && (
        <SettingsForm activity={activity} errors={actionData?.errors} values={actionData?.values} />
      )}
      <DataTable
        caption="Inscriptions"
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        state={state}
        total={total}
        noun={{ one: 'inscription' }}
        exportHref={may.export ? base : undefined}
        filters={
          <>
            <SearchField
              name="q"
              label="Chercher un nom, une organisation"
              placeholder="Nom, organisation"
              defaultValue={state.q}
            />
            <Select
              name="etat"
              label="État"
              placeholder="Tous les états"
              options={optionsOf(attendanceStatusLabels)}
              defaultValue={state.filters.etat?.[0]}
            />
            {activity.mode === 'hybride' && (
              <Select
                name="participation"
                label="Participation"
                placeholder="Sur place et à distance"
                options={optionsOf(attendanceModeLabels)}
                defaultValue={state.filters.participation?.[0]}
              />
            )}
          </>
        }
        empty={<Nobody activity={activity} />}
      />
    </OfficePage>
  )
}

const Nobody = ({ activity }: { activity: { slug: string; status: string; registrationOpen: boolean } }) => (
  <EmptyState title="Personne n’est encore inscrit">
    {activity.status === 'published' && activity.registrationOpen ? (
      <p>
        Les inscriptions faites sur <Link href={`/agenda/${activity.slug}`}>la page publique</Link> arrivent ici, dans
        leur ordre.
      </p>
    ) : (
      <p>Publiez l’activité et ouvrez les inscriptions : elles arriveront ici, dans leur ordre.</p>
    )}
  </EmptyState>
)
