import type { FormErrors, FormValues } from '#app/platform/forms.server.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { Notice } from '#app/ui/feedback.tsx'
import { ErrorSummary, FormActions, FormSection } from '#app/ui/form-layout.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { plural } from '#app/ui/french.ts'
import { TextArea } from '#app/ui/inputs.tsx'
import { Link } from '#app/ui/link.tsx'
import { Breadcrumb } from '#app/ui/navigation.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { ModeField } from '../registration/mode-field.tsx'
import { QuestionFields } from '../registration/question-fields.tsx'
import { Consents, registrationLabels, Work, You } from '../registration/registration-form.tsx'
import { CycleSteps } from './cycle-steps.tsx'
import type { CycleForm } from './public-cycle.server.ts'
import type { CycleRegistered } from './register-cycle.server.ts'

interface FormProps extends CycleForm {
  errors?: FormErrors
  values: FormValues
  nonce: string
  script: string
}

/** One form for every activity of the cycle that is still open; it works without script. */
export function CycleRegistrationForm(props: FormProps) {
  const { cycle, steps, errors, formToken, nonce, script, asked } = props
  const open = steps.filter(({ state }) => state === 'open')
  const questions = asked.flatMap((activity) => activity.questions)
  const questionLabels = Object.fromEntries(questions.map(({ id, label }) => [`answers.${id}`, label]))
  return (
    <>
      <Opening cycle={cycle} title="Inscription au cycle" />
      <p>
        <Fr>{`Ce formulaire vous inscrit à ${open.length > 1 ? `ces ${plural(open.length, 'activité')}` : 'cette activité'}. Vous pourrez ensuite renoncer à l’une ou l’autre.`}</Fr>
      </p>
      <CycleSteps steps={open} level="h2" />
      <form method="post" noValidate className="space-top">
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
          <SubmitButton>S’inscrire à tout le cycle</SubmitButton>
        </FormActions>
      </form>
      <script type="module" src={script} nonce={nonce} />
    </>
  )
}

const Opening = ({ cycle, title }: Pick<CycleForm, 'cycle'> & { title: string }) => (
  <header className="stack sign-up-head">
    <Breadcrumb
      items={[
        { label: 'Agenda', href: '/agenda' },
        { label: cycle.title, href: `/agenda/cycle/${cycle.slug}` },
      ]}
    />
    <h1>{title}</h1>
    <p className="lead">
      <Fr>{cycle.title}</Fr>
    </p>
  </header>
)

function Coming({ modes, asked, askAccessibility, values, errors, nonce }: FormProps) {
  if (modes.length === 0 && asked.length === 0 && !askAccessibility) return null
  return (
    <FormSection
      title="Votre venue"
      detail={modes.length > 0 ? 'Pour les activités proposées sur place et à distance.' : undefined}
    >
      <ModeField modes={modes} places={{}} waitingList value={[values.mode ?? ''].flat()[0]} errors={errors?.mode} />
      {asked.map(({ id, title, onlyMode, questions }) => (
        <div key={id} className="stack">
          {asked.length > 1 && (
            <h3>
              <Fr>{title}</Fr>
            </h3>
          )}
          <QuestionFields {...{ values, errors, nonce, questions, onlyMode }} />
        </div>
      ))}
      {askAccessibility && (
        <TextArea
          name="accessibilityNeeds"
          label="De quoi avez-vous besoin pour participer pleinement ?"
          optional
          rows={2}
          maxLength={1000}
          hint="Accès en fauteuil, transcription, interprétation en langue des signes… Seule l’équipe lit cette réponse."
          defaultValue={[values.accessibilityNeeds ?? ''].flat()[0]}
          errors={errors?.accessibilityNeeds}
        />
      )}
    </FormSection>
  )
}

const sentWords: Record<CycleRegistered['shown'], { title: string; words: string; tone: 'good' | 'warn' }> = {
  confirmed: {
    title: 'Vos places sont réservées',
    words:
      'Un message vous est envoyé, avec toutes les dates pour votre calendrier et un lien pour modifier ou annuler.',
    tone: 'good',
  },
  partly: {
    title: 'Votre inscription est enregistrée',
    words:
      'Certaines activités sont complètes\u202f: le message qui vous est envoyé dit, activité par activité, si votre place est réservée ou si vous êtes sur la liste d’attente.',
    tone: 'warn',
  },
  waitlisted: {
    title: 'Vous êtes sur la liste d’attente',
    words:
      'Les activités du cycle sont complètes. Les places qui se libèrent sont données dans l’ordre des demandes\u202f: un message vous l’annoncera. Si vous aviez déjà des places, elles restent les vôtres.',
    tone: 'warn',
  },
}

/** The same words for a newcomer and for somebody who was registered already. */
export const CycleSent = ({ cycle, shown }: Pick<CycleForm, 'cycle'> & CycleRegistered) => (
  <>
    <Opening cycle={cycle} title={sentWords[shown].title} />
    <div className="stack">
      <Notice tone={sentWords[shown].tone}>{sentWords[shown].words}</Notice>
      <p className="row">
        <LinkButton href={`/agenda/cycle/${cycle.slug}`}>Revenir au cycle</LinkButton>
        <Link href="/agenda">Voir l’agenda</Link>
      </p>
    </div>
  </>
)

export const CycleClosed = ({ cycle }: Pick<CycleForm, 'cycle'>) => (
  <>
    <Opening cycle={cycle} title="Inscription au cycle" />
    <Notice tone="warn">Aucune activité de ce cycle n’est ouverte aux inscriptions.</Notice>
    <p className="row space-top">
      <LinkButton href={`/agenda/cycle/${cycle.slug}`}>Revenir au cycle</LinkButton>
    </p>
  </>
)
