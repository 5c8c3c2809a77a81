import type { FormErrors, FormValues } from '#app/platform/forms.server.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { ConfirmForm } from '#app/ui/confirm-form.tsx'
import { DescriptionList, StateTag } from '#app/ui/content.tsx'
import { Notice } from '#app/ui/feedback.tsx'
import { ErrorSummary, FormActions } from '#app/ui/form-layout.tsx'
import { Fr, MomentRange } from '#app/ui/fr.tsx'
import { plural } from '#app/ui/french.ts'
import { TextArea, TextField } from '#app/ui/inputs.tsx'
import { Link } from '#app/ui/link.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { QrCode } from '../check-in/qr-code.tsx'
import type { QrDrawing } from '../check-in/qr.server.ts'
import { type AttendanceMode, attendanceModeLabels, attendanceStatusLabels, attendanceStatusTones } from '../labels.ts'
import type { PublicFacts } from './facts.server.ts'
import { ModeField } from './mode-field.tsx'
import type { OwnRegistration } from './own.server.ts'
import { QuestionFields } from './question-fields.tsx'
import type { Places } from './state.ts'

interface Props {
  own: Omit<OwnRegistration, 'activity'> & { activity: PublicFacts }
  modes: readonly AttendanceMode[]
  places: Places
  token: string
  done: string | null
  nonce: string
  /** The ticket, drawn. */
  qr: QrDrawing | null
  errors?: FormErrors
  values?: FormValues
}

const doneWords: Record<string, string> = {
  modification: 'Votre inscription est modifiée. Un message vous le confirme.',
  annulation: 'Votre inscription est annulée. Un message vous le confirme.',
}

/** One’s own registration: what it is, then what can be done with it. */
export function OwnRegistrationView(props: Props) {
  const { own, done, token } = props
  const { activity } = own
  return (
    <div className="stack own">
      <title>{`Mon inscription – ${activity.title}`}</title>
      <meta name="robots" content="noindex" />
      {done && doneWords[done] && <Notice tone="good">{doneWords[done]}</Notice>}
      <header className="stack tight">
        <p className="soft">
          <Fr>{`Inscription de ${own.fullName}`}</Fr>
        </p>
        <h1>
          <Fr>{activity.title}</Fr>
        </h1>
        <p>
          <StateTag tone={attendanceStatusTones[own.status]}>{attendanceStatusLabels[own.status]}</StateTag>
        </p>
      </header>
      {activity.status === 'cancelled' && (
        <Notice tone="bad" title="Cette activité est annulée">
          {activity.cancelledReason}
        </Notice>
      )}
      {own.status === 'waitlisted' && own.open && <Waiting ahead={own.ahead} />}
      {props.qr && <Ticket qr={props.qr} />}
      <What {...props} />
      {own.status !== 'cancelled' && activity.sessions.length > 0 && (
        <p>
          <a href={`/inscription/${token}/calendrier.ics`}>Ajouter à mon calendrier</a>
        </p>
      )}
      {own.status === 'present' && (
        <p>
          <LinkButton href={`/inscription/${token}/attestation`} look="primary">
            Mon attestation de présence
          </LinkButton>
        </p>
      )}
      {own.open ? <Change {...props} /> : <Over own={own} />}
      <p className="small">
        <Link href={`/inscription/${token}/donnees`}>Mes données personnelles</Link>
      </p>
    </div>
  )
}

/** Read at the door from the screen or from paper; it holds a number, nobody’s name. */
const Ticket = ({ qr }: { qr: QrDrawing }) => (
  <section className="own-ticket" aria-labelledby="billet">
    <QrCode {...qr} label="Code à présenter à l’entrée" size={220} />
    <div>
      <h2 id="billet">Mon billet</h2>
      <p>Présentez ce code à l’entrée, sur votre téléphone ou imprimé. Sans lui, votre nom suffit.</p>
    </div>
  </section>
)

const Waiting = ({ ahead }: { ahead: number }) => (
  <Notice tone="warn">
    {ahead === 0
      ? 'Vous êtes en tête de la liste d’attente. '
      : `${plural(ahead, 'personne attend', 'personnes attendent')} avant vous. `}
    Dès qu’une place est à vous, un message vous l’annonce.
  </Notice>
)

const What = ({ own }: Props) => (
  <DescriptionList
    items={[
      {
        label: own.activity.sessions.length > 1 ? 'Dates' : 'Date',
        value: own.activity.sessions.length > 0 && (
          <ul>
            {own.activity.sessions.map((session) => (
              <li key={session.id}>
                <MomentRange start={session.startsAt} end={session.endsAt} />
                {session.title && <span className="small soft"> {session.title}</span>}
              </li>
            ))}
          </ul>
        ),
      },
      {
        label: 'Lieu',
        value: own.mode === 'onsite' && [own.activity.place, own.activity.address].filter(Boolean).join(', '),
      },
      { label: 'Participation', value: attendanceModeLabels[own.mode] },
      {
        label: 'Connexion',
        value: own.practical.joining && <a href={own.practical.joining}>Rejoindre la visioconférence</a>,
      },
      { label: 'Essai', value: own.practical.testLink && <a href={own.practical.testLink}>Essayer ma connexion</a> },
      {
        label: own.mode === 'onsite' ? 'Pour venir' : 'Pour se connecter',
        value: own.practical.note && <span className="pre">{own.practical.note}</span>,
      },
      { label: 'Organisation', value: own.organisationName },
      { label: 'Fonction', value: own.function },
      { label: 'Message envoyé à', value: own.email },
    ]}
  />
)

/** What was refused comes back as it was typed; else what is on the row. */
function valuesOf({ own, values }: Props): FormValues {
  if (values) return values
  const answers = Object.entries(own.answers).map(([id, answer]): [string, string | string[]] => [
    `answers.${id}`,
    answer,
  ])
  return {
    mode: own.mode,
    organisation: own.organisationName ?? '',
    function: own.function ?? '',
    accessibilityNeeds: own.accessibilityNeeds ?? '',
    ...Object.fromEntries(answers),
  }
}

function Change(props: Props) {
  const { own, modes, places, errors, nonce } = props
  const { activity } = own
  const values = valuesOf(props)
  const one = (name: string) => [values[name] ?? ''].flat()[0]
  const onlyMode = modes.length === 1 ? modes[0] : undefined
  return (
    <>
      <details className="own-change" open={errors !== undefined}>
        <summary className="button quiet">Modifier mon inscription</summary>
        <form method="post" noValidate className="stack space-top">
          <ErrorSummary errors={errors} labels={{ mode: 'Participation' }} />
          <ModeField
            modes={modes}
            places={places}
            waitingList={false}
            own={own.status === 'registered' ? own.mode : undefined}
            value={one('mode')}
            errors={errors?.mode}
          />
          <TextField
            name="organisation"
            label="Organisation"
            optional
            defaultValue={one('organisation')}
            errors={errors?.organisation}
          />
          <TextField
            name="function"
            label="Fonction"
            optional
            defaultValue={one('function')}
            errors={errors?.function}
          />
          <QuestionFields {...{ values, errors, nonce, onlyMode }} questions={activity.questions} />
          {activity.askAccessibility && (
            <TextArea
              name="accessibilityNeeds"
              label="De quoi avez-vous besoin pour participer pleinement ?"
              optional
              rows={2}
              defaultValue={one('accessibilityNeeds')}
              errors={errors?.accessibilityNeeds}
            />
          )}
          <FormActions>
            <SubmitButton>Enregistrer</SubmitButton>
          </FormActions>
        </form>
      </details>
      <ConfirmForm
        label="Annuler mon inscription…"
        question={
          own.status === 'waitlisted' ? 'Vous quitterez la liste d’attente.' : 'Votre place ira à la personne suivante.'
        }
        confirmLabel="Oui, annuler mon inscription"
        values={{ intent: 'cancel' }}
      />
    </>
  )
}

const Over = ({ own }: { own: Props['own'] }) =>
  own.status === 'cancelled' && own.activity.status !== 'cancelled' ? (
    <p className="row">
      <LinkButton href={`/agenda/${own.activity.slug}`}>Voir l’activité</LinkButton>
      <Link href="/agenda">Voir l’agenda</Link>
    </p>
  ) : (
    <p className="soft">Cette inscription ne peut plus être modifiée.</p>
  )
