import { data, redirect } from 'react-router'
import { z } from 'zod'
import { can } from '#app/platform/context.ts'
import { fields, parseForm } from '#app/platform/forms.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { forbidden, idParam, notFound } from '#app/platform/web.server.ts'
import { ConfirmForm } from '#app/ui/confirm-form.tsx'
import { Checkbox } from '#app/ui/choices.tsx'
import { DescriptionList, Section, StateTag, Timeline } from '#app/ui/content.tsx'
import { Notice } from '#app/ui/feedback.tsx'
import { Moment } from '#app/ui/fr.tsx'
import { Link } from '#app/ui/link.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import {
  activityActionLabels,
  attendanceModeLabels,
  attendanceSourceLabels,
  attendanceStatusLabels,
  attendanceStatusTones,
} from '../../labels.ts'
import { activityHead } from '../../record/activity-head.server.ts'
import { ActivityPageHead } from '../../record/activity-tabs.tsx'
import { cancelByHand, confirmByHand } from '../office/by-hand.server.ts'
import { oneRegistration, type OneRegistration } from '../office/one.server.ts'
import { answerText } from '../questions.ts'
import type { Route } from './+types/office-registration'

const idsOf = (params: { id?: string; attendanceId?: string }) => ({
  activityId: idParam(params.id),
  attendanceId: idParam(params.attendanceId),
})

export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const ids = idsOf(params)
  const [head, registration] = [await activityHead(ctx, ids.activityId), await oneRegistration(ctx, ids)]
  if (!head || !registration) throw notFound()
  return { head, registration, mayWrite: can(ctx.actor, 'attendance:write') }
}

const actionForm = z.object({
  intent: z.enum(['cancel', 'confirm'], 'Cette action n’existe pas.'),
  beyondCapacity: fields.tick(),
})

export async function action({ context, params, request }: Route.ActionArgs) {
  const ctx = context.get(requestContext)
  const ids = idsOf(params)
  if (!(await oneRegistration(ctx, ids))) throw notFound()
  const form = await parseForm(request, actionForm)
  if (!form.ok) return data({ problem: 'Cette action n’existe pas.' }, { status: 400 })
  const { attendanceId } = ids
  const { intent, beyondCapacity } = form.value
  const done =
    intent === 'cancel'
      ? await cancelByHand(ctx, attendanceId)
      : await confirmByHand(ctx, { attendanceId, beyondCapacity })
  if (done.ok) return redirect(`/bureau/activites/${ids.activityId}/inscriptions/${attendanceId}`)
  switch (done.error.type) {
    case 'not-allowed':
      throw forbidden()
    case 'not-found':
      throw notFound()
    case 'not-registered':
      return refused('Cette personne a déjà été pointée : corrigez sa présence plutôt que son inscription.')
    case 'not-waiting':
      return refused('Cette personne n’est plus sur la liste d’attente.')
    case 'not-published':
      return refused('Cette activité n’est pas publiée, ou elle est annulée.')
    case 'full':
      return refused('Il n’y a plus de place : cochez la case pour confirmer au-delà de la jauge.')
    default:
      return done.error satisfies never
  }
}

const refused = (problem: string) => data({ problem }, { status: 409 })

export default function OfficeRegistration({
  loaderData: { head, registration, mayWrite },
  actionData,
}: Route.ComponentProps) {
  const { givenName, familyName, status } = registration
  return (
    <OfficePage>
      <ActivityPageHead head={head} part={`${givenName} ${familyName}`} />
      <p className="small">
        <Link href={`/bureau/activites/${head.id}/inscriptions`}>‹ Toutes les inscriptions</Link>
      </p>
      {actionData?.problem && <Notice tone="bad">{actionData.problem}</Notice>}
      <Section
        title={`${givenName} ${familyName}`}
        actions={<StateTag tone={attendanceStatusTones[status]}>{attendanceStatusLabels[status]}</StateTag>}
      >
        <Facts registration={registration} />
      </Section>
      {mayWrite && <Actions registration={registration} />}
      <Trail registration={registration} />
    </OfficePage>
  )
}

const Facts = ({ registration: one }: { registration: OneRegistration }) => (
  <DescriptionList
    items={[
      { label: 'Personne', value: <Link href={`/bureau/personnes/${one.personId}`}>Voir sa fiche</Link> },
      { label: 'Adresse électronique', value: one.email },
      { label: 'Participation', value: attendanceModeLabels[one.mode] },
      { label: 'Rang d’attente', value: one.rank },
      { label: 'Organisation', value: one.organisation },
      { label: 'Fonction', value: one.function },
      { label: 'Profil', value: one.profile },
      { label: 'Département', value: one.departement },
      ...one.activity.questions.map((question) => ({
        label: question.label,
        value: answerText(question, one.answers[question.id]),
      })),
      { label: 'Besoins d’accessibilité', value: one.accessibilityNeeds },
      { label: 'Origine', value: attendanceSourceLabels[one.source] },
      { label: 'Inscription', value: <Moment date={one.registeredAt} /> },
    ]}
  />
)

const Actions = ({ registration: { status, room } }: { registration: OneRegistration }) => (
  <div className="row">
    {status === 'waitlisted' && (
      <ConfirmForm
        danger={false}
        label="Lui donner une place…"
        question={
          room
            ? 'Cette personne passe avant celles qui attendent depuis plus longtemps. Un message le lui annonce.'
            : 'Il n’y a plus de place : cette personne sera en plus, et passe avant celles qui attendent. Un message le lui annonce.'
        }
        confirmLabel="Donner une place"
        values={{ intent: 'confirm' }}
      >
        {!room && <Checkbox name="beyondCapacity" label="Je confirme au-delà du nombre de places" />}
      </ConfirmForm>
    )}
    {(status === 'registered' || status === 'waitlisted') && (
      <ConfirmForm
        label="Annuler l’inscription…"
        question="Un message le dit à la personne ; sa place va à la première qui attend."
        confirmLabel="Annuler l’inscription"
        values={{ intent: 'cancel' }}
      />
    )}
  </div>
)

const Trail = ({ registration: { trail, mails } }: { registration: OneRegistration }) =>
  trail.length + mails.length > 0 && (
    <Section title="Ce qui s’est passé">
      <Timeline
        entries={[
          ...trail.map(({ id, at, actorLabel, action }) => ({
            id: `c${id}`,
            at,
            when: <Moment date={at} />,
            who: actorLabel,
            what: activityActionLabels[action] ?? 'Présence',
          })),
          ...mails.map(({ id, at, subject }) => ({
            id: `m${id}`,
            at,
            when: <Moment date={at} />,
            who: 'Message',
            what: subject,
          })),
        ].sort((a, b) => b.at.getTime() - a.at.getTime())}
      />
    </Section>
  )
