import { data, redirect } from 'react-router'
import { requestContext } from '#app/platform/request-context.server.ts'
import { forbidden, idParam, notFound, requirePermission } from '#app/platform/web.server.ts'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { ActivityForm } from '../activity-form.tsx'
import { formOfActivity } from '../activity-form-values.server.ts'
import { activityHead } from '../activity-head.server.ts'
import { ActivityPageHead } from '../activity-tabs.tsx'
import { FormNotices } from '../form-notices.tsx'
import { formOptions } from '../form-options.server.ts'
import { answered, answeredStale, readLines } from '../form-state.server.ts'
import type { FormState } from '../form-state.ts'
import { activityInput } from '../inputs.server.ts'
import { textOf } from '../lines.ts'
import { namesFor } from '../names.server.ts'
import { readActivity } from '../record.server.ts'
import { NO_SUCH_CHOICE, NOT_ALLOWED, sessionSentence } from '../sentences.ts'
import { namedTerritory } from '../territory-named.server.ts'
import { updateActivity, type UpdateActivityError } from '../update-activity.server.ts'
import type { Route } from './+types/edit-activity'
import '../record.css'

export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'activities:write')
  const id = idParam(params.id)
  const head = await activityHead(ctx, id)
  const record = await readActivity(ctx, id)
  if (!head || !record) throw notFound('Cette activité n’existe pas.')
  const typed = formOfActivity(record)
  return {
    head,
    typed,
    version: record.updatedAt.toISOString(),
    options: await formOptions(ctx, record),
    names: Object.fromEntries(await namesFor(ctx.db, Object.values(typed).flat())),
  }
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const ctx = context.get(requestContext)
  const id = idParam(params.id)
  const read = await readLines(request, activityInput)
  const answer = async (state: FormState, status: number) =>
    data({ ...state, names: Object.fromEntries(await namesFor(ctx.db, Object.values(state.typed).flat())) }, { status })
  if (read.kind !== 'read') return answer(read.state, read.kind === 'refused' ? 400 : 200)
  const { input, typed, version } = read
  const more = await namedTerritory(ctx.db, textOf(typed, 'territoryName'))
  if (!more.ok) return answer(answered(typed, { territoryName: [more.error] }), 400)
  const territoryIds = [...input.territoryIds, ...more.value]
  const saved = await updateActivity(ctx, { activityId: id, version }, { ...input, territoryIds })
  if (saved.ok) return redirect(`/bureau/activites/${id}`)
  if (saved.error.type === 'not-allowed') throw forbidden(NOT_ALLOWED)
  if (saved.error.type === 'not-found') throw notFound('Cette activité n’existe pas.')
  if (saved.error.type === 'changed-since') return answer(await answeredStale(ctx.db, typed, saved.error), 409)
  return answer(answered(typed, sentences(saved.error)), 400)
}

type Refusal = Exclude<UpdateActivityError, { type: 'not-allowed' | 'not-found' | 'changed-since' }>

function sentences(error: Refusal): FormState['errors'] {
  switch (error.type) {
    case 'unknown-choice':
      return { [error.field]: [NO_SUCH_CHOICE] }
    case 'sessions':
      return Object.fromEntries(
        error.problems.map((problem) => [
          `sessions.${problem.index}.${problem.type === 'overlaps' ? 'start' : 'end'}`,
          [sessionSentence(problem)],
        ]),
      )
    case 'published-without-session':
      return { 'sessions.0.day': ['Une activité publiée garde au moins une séance. Pour y renoncer, annulez-la.'] }
    case 'unknown-partner':
      return {
        [`partners.${error.index}.organisationName`]: [
          error.name === '' ? 'Donnez le nom de cette organisation.' : 'Cette organisation n’est pas dans l’annuaire.',
        ],
      }
    case 'partner-twice':
      return { [`partners.${error.index}.organisationName`]: ['Cette organisation est déjà dans la liste.'] }
    default:
      return error satisfies never
  }
}

export default function EditActivity({ loaderData, actionData }: Route.ComponentProps) {
  const { head, options, version } = loaderData
  return (
    <OfficePage>
      <ActivityPageHead head={head} part="Modifier" />
      <FormNotices state={actionData} />
      <ActivityForm
        key={actionData?.stamp ?? head.id + version}
        id={head.id}
        version={actionData?.stale?.version ?? (actionData ? textOf(actionData.typed, 'version') : version)}
        typed={actionData?.typed ?? loaderData.typed}
        errors={actionData?.errors ?? {}}
        options={options}
        names={actionData?.names ?? loaderData.names}
      />
    </OfficePage>
  )
}
