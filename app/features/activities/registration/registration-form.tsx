import type { FormErrors, FormValues } from '#app/platform/forms.server.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { Checkbox } from '#app/ui/choices.tsx'
import { DataNotice } from '#app/ui/data-notice.tsx'
import { Notice } from '#app/ui/feedback.tsx'
import { ErrorSummary, Fieldset, FieldRow, FormActions, FormSection } from '#app/ui/form-layout.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { capitalize, formatDateRange } from '#app/ui/french.ts'
import { Select, TextArea, TextField } from '#app/ui/inputs.tsx'
import { Link } from '#app/ui/link.tsx'
import { Breadcrumb } from '#app/ui/navigation.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { ModeField } from './mode-field.tsx'
import type { RegistrationPage } from './page.server.ts'
import { QuestionFields } from './question-fields.tsx'
import type { Registered } from './register.server.ts'
import { hasRoom, type RegistrationState } from './state.ts'

type Activity = RegistrationPage['activity']

export const registrationLabels = {
  givenName: 'Prénom',
  familyName: 'Nom',
  email: 'Adresse électronique',
  organisation: 'Organisation',
  function: 'Fonction',
  profileId: 'Profil',
  departementId: 'Département',
  mode: 'Participation',
  accessibilityNeeds: 'Accessibilité',
}

interface FormProps extends RegistrationPage {
  errors?: FormErrors
  values: FormValues
  nonce: string
  /** Address of the script that suggests organisations; the form does without. */
  script: string
}

/** The whole form works without script; a first refusal gives everything back as it was typed. */
export function RegistrationForm(props: FormProps) {
  const { activity, errors, formToken, places, nonce, script } = props
  const room = Object.values(places).some(hasRoom)
  const questionLabels = Object.fromEntries(activity.questions.map(({ id, label }) => [`answers.${id}`, label]))
  return (
    <>
      <Opening activity={activity} title={room ? 'Inscription' : 'Liste d’attente'} />
      {!room && (
        <Notice tone="warn" title="L’activité est complète">
          Laissez vos coordonnées : dès qu’une place se libère, elle est donnée dans l’ordre des demandes et un message
          vous l’annonce.
        </Notice>
      )}
      <form method="post" noValidate>
        <ErrorSummary errors={errors} labels={{ ...registrationLabels, ...questionLabels }} />
        <input type="hidden" name="jeton" value={formToken} />
        <div className="trap" aria-hidden="true">
          <label htmlFor="site">Ne remplissez pas ce champ</label>
          <input id="site" name="site" tabIndex={-1} autoComplete="off" />
        </div>
        <You {...props} />
        <Work {...props} />
        <Coming {...props} />
        <Consents {...props} />
        <FormActions>
          <SubmitButton>{room ? 'S’inscrire' : 'S’inscrire sur la liste d’attente'}</SubmitButton>
        </FormActions>
      </form>
      <script type="module" src={script} nonce={nonce} />
    </>
  )
}

const Opening = ({ activity, title }: { activity: Activity; title: string }) => (
  <header className="stack sign-up-head">
    <Breadcrumb
      items={[
        { label: 'Agenda', href: '/agenda' },
        { label: activity.title, href: `/agenda/${activity.slug}` },
      ]}
    />
    <h1>{title}</h1>
    <p className="lead">
      <Fr>{activity.title}</Fr>
      {activity.startsAt && activity.endsAt && (
        <>
          <br />
          <Fr>{capitalize(formatDateRange(activity.startsAt, activity.endsAt, 'full'))}</Fr>
        </>
      )}
    </p>
  </header>
)

type Kept = Pick<FormProps, 'errors' | 'values'>

/** One text field: what was typed, its refusal. */
const kept = ({ errors, values }: Kept, name: keyof typeof registrationLabels) => ({
  name,
  label: registrationLabels[name],
  errors: errors?.[name],
  defaultValue: [values[name] ?? ''].flat()[0],
})

export const You = (props: Kept) => (
  <FormSection
    title="Vous"
    detail="Le message de confirmation part à cette adresse, avec un lien pour modifier ou annuler."
  >
    <FieldRow>
      <TextField {...kept(props, 'givenName')} required autoComplete="given-name" />
      <TextField {...kept(props, 'familyName')} required autoComplete="family-name" />
    </FieldRow>
    <TextField {...kept(props, 'email')} required type="email" inputMode="email" autoComplete="email" />
  </FormSection>
)

export const Work = (props: Kept & Pick<FormProps, 'profiles' | 'departements'>) => (
  <FormSection
    title="Votre situation"
    detail="Elle sert à connaître les publics de nos activités, territoire par territoire."
  >
    <TextField
      {...kept(props, 'organisation')}
      optional
      autoComplete="organization"
      hint="Commune, association, service de l’État… Rien si vous venez à titre personnel."
      data-suggest="/organisations.json"
    />
    <TextField {...kept(props, 'function')} optional autoComplete="organization-title" />
    <Select {...kept(props, 'profileId')} required placeholder="Choisir…" options={props.profiles} />
    {props.departements.length > 0 && (
      <Select
        {...kept(props, 'departementId')}
        required
        placeholder="Choisir…"
        options={[...props.departements, { value: 'ailleurs', label: 'Hors de France' }]}
      />
    )}
  </FormSection>
)

function Coming(props: FormProps) {
  const { activity, modes, places, values, errors, nonce } = props
  const onlyMode = modes.length === 1 ? modes[0] : undefined
  if (onlyMode && activity.questions.length === 0 && !activity.askAccessibility) return null
  return (
    <FormSection title="Votre venue">
      <ModeField
        modes={modes}
        places={places}
        waitingList={activity.waitingList}
        value={[values.mode ?? ''].flat()[0]}
        errors={errors?.mode}
      />
      <QuestionFields {...{ values, errors, nonce, onlyMode }} questions={activity.questions} />
      {activity.askAccessibility && (
        <TextArea
          {...kept(props, 'accessibilityNeeds')}
          label="De quoi avez-vous besoin pour participer pleinement ?"
          optional
          rows={2}
          maxLength={1000}
          hint="Accès en fauteuil, transcription, interprétation en langue des signes… Seule l’équipe lit cette réponse."
        />
      )}
    </FormSection>
  )
}

export const Consents = ({ consents, values, notice }: Pick<FormProps, 'consents' | 'values' | 'notice'>) => (
  <FormSection title="Vos accords" detail="Facultatifs, chacun à part. Vous pouvez les retirer quand vous voulez.">
    <Fieldset legend={<span className="sr">Vos accords</span>}>
      {consents.map(({ purpose, wording }) => (
        <Checkbox key={purpose} name={purpose} label={wording} defaultChecked={values[purpose] !== undefined} />
      ))}
    </Fieldset>
    <DataNotice {...notice} />
  </FormSection>
)

const sentWords: Record<Registered['shown'], { title: string; words: string; tone: 'good' | 'warn' }> = {
  confirmed: {
    title: 'Votre place est réservée',
    words: 'Un message vous est envoyé, avec un fichier pour votre calendrier et un lien pour modifier ou annuler.',
    tone: 'good',
  },
  waitlisted: {
    title: 'Vous êtes sur la liste d’attente',
    words:
      'Un message vous est envoyé. Les places qui se libèrent sont données dans l’ordre des demandes\u202f: rien d’autre à faire. Si vous aviez déjà une place, elle reste la vôtre, et le message le rappelle.',
    tone: 'warn',
  },
  full: {
    title: 'Il n’y a plus de place',
    words: 'Si vous étiez déjà inscrit·e, votre place reste la vôtre\u202f: un message vous le rappelle.',
    tone: 'warn',
  },
}

/** The same words for a newcomer and for somebody who was registered already. */
export const RegistrationSent = ({ activity, shown }: { activity: Activity; shown: Registered['shown'] }) => (
  <>
    <Opening activity={activity} title={sentWords[shown].title} />
    <div className="stack">
      <Notice tone={sentWords[shown].tone}>{sentWords[shown].words}</Notice>
      <p className="soft">
        Rien reçu d’ici quelques minutes ? Regardez dans les messages indésirables, puis vérifiez l’adresse en vous
        inscrivant de nouveau : cela ne fait jamais deux inscriptions.
      </p>
      <p className="row">
        <LinkButton href={`/agenda/${activity.slug}`}>Revenir à l’activité</LinkButton>
        <Link href="/agenda">Voir l’agenda</Link>
      </p>
    </div>
  </>
)

const closedWords: Record<Exclude<RegistrationState, 'open'>, string> = {
  'not-open': 'Les inscriptions ne sont pas ouvertes.',
  closed: 'Les inscriptions sont closes.',
  cancelled: 'Cette activité est annulée.',
  over: 'Cette activité a déjà eu lieu.',
}

export const RegistrationClosed = ({
  activity,
  state,
}: {
  activity: Activity
  state: Exclude<RegistrationState, 'open'>
}) => (
  <>
    <Opening activity={activity} title="Inscription" />
    <Notice tone="warn">{closedWords[state]}</Notice>
    <p className="row space-top">
      <LinkButton href={`/agenda/${activity.slug}`}>Revenir à l’activité</LinkButton>
      <Link href="/agenda">Voir l’agenda</Link>
    </p>
  </>
)
