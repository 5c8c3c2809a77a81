import { data, redirect } from 'react-router'
import { readForm } from '#app/platform/forms.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { ConfirmForm } from '#app/ui/confirm-form.tsx'
import { StateTag } from '#app/ui/content.tsx'
import { Notice } from '#app/ui/feedback.tsx'
import { Fr, MomentRange } from '#app/ui/fr.tsx'
import { Link } from '#app/ui/link.tsx'
import stylesheet from '../../agenda/agenda.css?url'
import { attendanceModeLabels, attendanceStatusLabels, attendanceStatusTones } from '../../labels.ts'
import { linkRefusal, privateHeaders } from '../../registration/link-refusal.server.ts'
import { leaveCycle, type OwnStep, readOwnCycle } from '../own-cycle.server.ts'
import type { Route } from './+types/own-cycle'

export const links = () => [{ rel: 'stylesheet', href: stylesheet }]
export const headers = () => privateHeaders

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const own = await readOwnCycle(context.get(requestContext), params.token)
  if (!own.ok) throw linkRefusal(own.error)
  return { ...own.value, done: url.searchParams.get('fait') === 'annulation' }
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await readForm(request)
  if (form.get('intent') !== 'cancel') return data({ error: 'Ce geste n’existe pas.' }, { status: 400 })
  const left = await leaveCycle(context.get(requestContext), params.token)
  if (!left.ok) throw linkRefusal(left.error)
  return redirect(`/inscription/cycle/${params.token}?fait=annulation`, 303)
}

export default function OwnCycle({ loaderData, actionData }: Route.ComponentProps) {
  const { cycle, person, steps, done } = loaderData
  const open = steps.filter((step) => step.open).length
  return (
    <div className="stack own">
      <title>{`Mes inscriptions – ${cycle.title}`}</title>
      <meta name="robots" content="noindex" />
      {done && <Notice tone="good">Vos inscriptions sont annulées. Un message vous le confirme.</Notice>}
      {actionData && <Notice tone="bad">{actionData.error}</Notice>}
      <header className="stack tight">
        <p className="soft">
          <Fr>{`Inscriptions de ${person.fullName}`}</Fr>
        </p>
        <h1>
          <Fr>{cycle.title}</Fr>
        </h1>
      </header>
      <p>Ouvrez une activité pour modifier ou annuler votre inscription à celle-ci.</p>
      <ul className="lines">
        {steps.map((step) => (
          <li key={step.id}>
            <Line step={step} />
          </li>
        ))}
      </ul>
      {cycle.hasPage && (
        <p>
          <Link href={`/agenda/cycle/${cycle.slug}`}>Voir la page du cycle</Link>
        </p>
      )}
      {open > 0 && (
        <ConfirmForm
          label="Annuler toutes mes inscriptions…"
          question="Vos places pour les activités à venir iront aux personnes suivantes."
          confirmLabel="Oui, tout annuler"
          values={{ intent: 'cancel' }}
        />
      )}
    </div>
  )
}

const Line = ({ step }: { step: OwnStep }) => (
  <div className="stack tight own-step">
    <Link href={step.href}>
      <Fr>{step.title}</Fr>
    </Link>
    <span>
      {step.startsAt ? <MomentRange start={step.startsAt} end={step.endsAt} /> : 'Date à préciser'}
      <span className="soft">
        {' · '}
        {attendanceModeLabels[step.mode]}
        {step.mode === 'onsite' && step.place && `, ${step.place}`}
      </span>
    </span>
    <span>
      {step.activityStatus === 'cancelled' ? (
        <StateTag tone="bad">Activité annulée</StateTag>
      ) : (
        <StateTag tone={attendanceStatusTones[step.status]}>{attendanceStatusLabels[step.status]}</StateTag>
      )}
    </span>
  </div>
)
