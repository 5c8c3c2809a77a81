import { data, redirect } from 'react-router'
import { can } from '#app/platform/context.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { forbidden, idParam, notFound } from '#app/platform/web.server.ts'
import { isoDay } from '#app/ui/french.ts'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { activityHead } from '../activity-head.server.ts'
import { ActivityPageHead } from '../activity-tabs.tsx'
import { FormNotices } from '../form-notices.tsx'
import { answered, answeredStale, readLines } from '../form-state.server.ts'
import { programmeInput } from '../inputs.server.ts'
import { textOf } from '../lines.ts'
import { formOfProgramme } from '../programme-form-values.server.ts'
import { ProgrammeForm } from '../programme-form.tsx'
import { ProgrammeView } from '../programme-view.tsx'
import { readActivity } from '../record.server.ts'
import { NOT_ALLOWED } from '../sentences.ts'
import { programmeOf, type ProgrammeProblem, setProgramme } from '../set-programme.server.ts'
import type { Route } from './+types/programme'
import '../record.css'

export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const id = idParam(params.id)
  const head = await activityHead(ctx, id)
  const record = await readActivity(ctx, id)
  if (!head || !record) throw notFound('Cette activité n’existe pas.')
  const programme = await programmeOf(ctx.db, id)
  return {
    head,
    programme,
    typed: formOfProgramme(record, programme),
    version: record.updatedAt.toISOString(),
    severalDays: spansDays(record),
    mayWrite: can(ctx.actor, 'activities:write'),
  }
}

const spansDays = ({ startsAt, endsAt }: { startsAt: Date | null; endsAt: Date | null }) =>
  startsAt !== null && endsAt !== null && isoDay(startsAt) !== isoDay(endsAt)

export async function action({ context, params, request }: Route.ActionArgs) {
  const ctx = context.get(requestContext)
  const id = idParam(params.id)
  const read = await readLines(request, programmeInput)
  if (read.kind !== 'read') return data(read.state, { status: read.kind === 'refused' ? 400 : 200 })
  const { input, typed, version } = read
  const saved = await setProgramme(ctx, { activityId: id, version }, input)
  if (saved.ok) return redirect(`/bureau/activites/${id}/programme`)
  if (saved.error.type === 'not-allowed') throw forbidden(NOT_ALLOWED)
  if (saved.error.type === 'not-found') throw notFound('Cette activité n’existe pas.')
  if (saved.error.type === 'changed-since')
    return data(await answeredStale(ctx.db, typed, saved.error), { status: 409 })
  return data(answered(typed, { [saved.error.path]: [sentenceOf(saved.error)] }), { status: 400 })
}

function sentenceOf({ type }: ProgrammeProblem): string {
  switch (type) {
    case 'moment-outside':
      return 'Ce moment tombe hors des dates de l’activité.'
    case 'moment-without-day':
      return 'Donnez d’abord une date à l’activité, ou à ce moment.'
    case 'speaker-without-name':
      return 'Donnez le nom de cette personne.'
    case 'unknown-person':
      return 'Cette personne n’est plus dans l’annuaire.'
    case 'unknown-organisation':
      return 'Cette organisation n’est plus dans l’annuaire.'
    default:
      return type satisfies never
  }
}

export default function ProgrammePage({ loaderData, actionData }: Route.ComponentProps) {
  const { head, programme, mayWrite, severalDays, version } = loaderData
  return (
    <OfficePage>
      <ActivityPageHead head={head} part="Programme" />
      <FormNotices state={actionData} />
      {mayWrite ? (
        <ProgrammeForm
          key={actionData?.stamp ?? head.id + version}
          version={actionData?.stale?.version ?? (actionData ? textOf(actionData.typed, 'version') : version)}
          typed={actionData?.typed ?? loaderData.typed}
          errors={actionData?.errors ?? {}}
          severalDays={severalDays}
        />
      ) : (
        <ProgrammeView programme={programme} />
      )}
    </OfficePage>
  )
}
