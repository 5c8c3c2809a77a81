import { Form } from 'react-router'
import type { ListedJob } from '#app/platform/jobs/office.server.ts'
import type { JobState } from '#app/platform/jobs/states.ts'
import { Fr, Moment } from '#app/ui/fr.tsx'
import { plural } from '#app/ui/french.ts'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import type { Column } from '#app/ui/table.ts'

/** What is worth seeing differs by state: since when, until when, why not. */
export function jobColumns(state: JobState, mayRerun: boolean): Column<ListedJob>[] {
  const columns: Column<ListedJob>[] = [
    {
      key: 'tache',
      label: 'Tâche',
      value: ({ label }) => label,
      weight: 'main',
      render: ({ label, cause }) => (
        <>
          {label}
          {cause && (
            <>
              <br />
              <span className="small soft">
                <Fr>{`À la suite de : ${cause}`}</Fr>
              </span>
            </>
          )}
        </>
      ),
    },
    {
      key: 'demandee',
      label: 'Demandée',
      weight: 'wide',
      value: ({ createdAt }) => createdAt,
      render: ({ createdAt }) => <Moment date={createdAt} style="short" />,
    },
  ]
  if (state === 'waiting') columns.push(nextTry)
  if (state === 'running') columns.push(moment('debut', 'Commencée', ({ startedAt }) => startedAt))
  if (state === 'done' || state === 'failed')
    columns.push(moment('fin', state === 'done' ? 'Terminée' : 'Abandonnée', ({ endedAt }) => endedAt))
  if (state === 'failed') columns.push(why)
  if (state === 'failed' && mayRerun) columns.push(rerun)
  return columns
}

const moment = (key: string, label: string, value: (job: ListedJob) => Date | null): Column<ListedJob> => ({
  key,
  label,
  value,
  weight: key === 'fin' ? 'wide' : undefined,
  render: (job) => {
    const at = value(job)
    return at && <Moment date={at} style="short" />
  },
})

const nextTry: Column<ListedJob> = {
  key: 'essai',
  label: 'Prochain essai',
  value: ({ startsAt }) => startsAt,
  render: ({ startsAt, failures, reason }) => (
    <>
      {startsAt && <Moment date={startsAt} style="short" />}
      {failures > 0 && (
        <p className="small soft">
          <Fr>{`${plural(failures, 'essai manqué', 'essais manqués')}. ${reason ?? ''}`}</Fr>
        </p>
      )}
    </>
  ),
}

const why: Column<ListedJob> = {
  key: 'raison',
  label: 'Raison',
  value: ({ reason }) => reason,
  render: ({ id, reason, failures }) => (
    <>
      <Fr>{reason ?? 'Une panne imprévue, décrite dans le journal du serveur.'}</Fr>
      <p className="small soft">
        <Fr>{`${plural(failures, 'essai')} · référence ${id.slice(0, 8)}`}</Fr>
      </p>
    </>
  ),
}

const rerun: Column<ListedJob> = {
  key: 'relance',
  label: 'Relancer',
  value: () => null,
  render: ({ id, label }) => (
    <Form method="post" preventScrollReset>
      <input type="hidden" name="id" value={id} />
      <SubmitButton look="quiet" small aria-label={`Relancer : ${label}`} pendingLabel="Relance…">
        Relancer
      </SubmitButton>
    </Form>
  ),
}
