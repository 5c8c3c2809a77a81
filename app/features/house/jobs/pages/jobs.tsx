import { data, redirect } from 'react-router'
import { can } from '#app/platform/context.ts'
import { readForm } from '#app/platform/forms.server.ts'
import { listJobs, retryJob } from '#app/platform/jobs/office.server.ts'
import { jobStates } from '#app/platform/jobs/states.ts'
import { checkPage, listErrorAnswer, parseListParams } from '#app/platform/list-params.ts'
import { latestProgress } from '#app/platform/progress.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { forbidden, idParam, notFound } from '#app/platform/web.server.ts'
import { PageHead } from '#app/ui/content.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { EmptyState, Notice } from '#app/ui/feedback.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { plural } from '#app/ui/french.ts'
import { Pagination, Tabs } from '#app/ui/navigation.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { jobColumns } from '../job-columns.tsx'
import { ProgressList } from '../progress-list.tsx'
import { emptySentences, jobStateLabels } from '../state-labels.ts'
import type { Route } from './+types/jobs'

const rules = {
  sortable: [],
  defaultSort: { key: 'date', direction: 'desc' },
  filters: { etat: jobStates },
  pageSize: 50,
} as const

export async function loader({ context, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const asked = parseListParams(url.searchParams, rules)
  if (!asked.ok) throw refusal(asked.error)
  const { page, pageSize, filters } = asked.value
  const wanted = jobStates.find((state) => state === filters.etat?.[0]) ?? null
  const list = await listJobs(ctx, wanted, { limit: pageSize, offset: (page - 1) * pageSize })
  if (!list.ok) throw notFound()
  const there = checkPage(asked.value, list.value.counts[list.value.state])
  if (!there.ok) throw refusal(there.error)
  return {
    ...list.value,
    page,
    progress: await latestProgress(ctx, 10),
    mayRerun: can(ctx.actor, 'jobs:write'),
    rerun: url.searchParams.has('fait'),
  }
}

function refusal(error: Parameters<typeof listErrorAnswer>[0]) {
  const { status, message } = listErrorAnswer(error)
  return data(message, { status })
}

export async function action({ request, context }: Route.ActionArgs) {
  const sent = await readForm(request)
  const done = await retryJob(context.get(requestContext), idParam(String(sent.get('id') ?? '')))
  if (done.ok) return redirect('/bureau/taches?etat=failed&fait')
  switch (done.error.type) {
    case 'not-allowed':
      throw forbidden()
    case 'not-failed':
      return data({ sentence: 'Cette tâche n’est plus en échec : elle a été relancée.' }, { status: 409 })
    default:
      return done.error satisfies never
  }
}

export default function Jobs({ loaderData, actionData }: Route.ComponentProps) {
  const { jobs, counts, unheard, state, page, progress, mayRerun, rerun } = loaderData
  const tabs = jobStates.map((one) => ({
    label: jobStateLabels[one],
    href: `/bureau/taches?etat=${one}`,
    count: counts[one],
    current: one === state,
  }))
  return (
    <OfficePage wide>
      <title>Tâches</title>
      <PageHead
        title="Tâches"
        detail="Ce que la maison fait d’elle-même : envoyer les messages, faire monter la liste d’attente, rappeler, ranger."
      />
      {actionData && (
        <Notice tone="warn">
          <Fr>{actionData.sentence}</Fr>
        </Notice>
      )}
      {rerun && !actionData && <Notice tone="good">La tâche est relancée.</Notice>}
      {unheard > 0 && (
        <Notice tone="bad" title="Personne ne prend les tâches en charge">
          <Fr>
            {`${plural(unheard, 'événement attend', 'événements attendent')} depuis plus d’une minute : vérifiez que le service tourne. Rien n’est perdu.`}
          </Fr>
        </Notice>
      )}
      <ProgressList list={progress} />
      <Tabs label="État des tâches" items={tabs} />
      <DataTable
        caption={jobStateLabels[state]}
        columns={jobColumns(state, mayRerun)}
        rows={jobs}
        rowKey={({ id }) => id}
        empty={<EmptyState title={emptySentences[state]} />}
      />
      <Pagination
        page={page}
        pageSize={50}
        total={counts[state]}
        noun="tâches"
        hrefOf={(number) => `?etat=${state}&page=${number}`}
      />
    </OfficePage>
  )
}
