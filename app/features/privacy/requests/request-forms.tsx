import { RadioGroup } from '#app/ui/choices.tsx'
import { Checkbox } from '#app/ui/choices.tsx'
import { ConfirmForm } from '#app/ui/confirm-form.tsx'
import { DescriptionList, Section } from '#app/ui/content.tsx'
import { Day, Fr, Moment } from '#app/ui/fr.tsx'
import { TextArea, TextField } from '#app/ui/inputs.tsx'
import { Link } from '#app/ui/link.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import type { RequestRecord } from './list.server.ts'

const lines = (text: string | null) => text && <span style={{ whiteSpace: 'pre-line' }}>{text}</span>

export const RequestFacts = ({ request }: { request: RequestRecord }) => (
  <DescriptionList
    items={[
      {
        label: 'Personne',
        value: request.personId ? (
          <>
            <Link href={`/bureau/personnes/${request.personId}`}>{request.name}</Link>
            {' · '}
            <Link href={`/bureau/personnes/${request.personId}/donnees`}>ses données</Link>
          </>
        ) : (
          'Personne effacée'
        ),
      },
      { label: 'Reçue', value: <Moment date={request.receivedAt} /> },
      { label: 'Par', value: request.source === 'own' ? 'son lien personnel' : 'l’équipe, qui l’a notée' },
      { label: 'Message', value: lines(request.message) },
      { label: 'Délai prolongé', value: lines(request.extendedReason) },
      { label: 'Réponse', value: lines(request.answer) },
      {
        label: 'Close',
        value: request.closedAt && (
          <>
            le <Day date={request.closedAt} /> par {request.closedBy}
          </>
        ),
      },
    ]}
  />
)

interface Props {
  request: RequestRecord
  errors: Record<string, string[]>
  values: Record<string, string | string[]>
}

/** What can be done with a request that is open. */
export function RequestForms({ request, errors, values }: Props) {
  const typed = (name: string) => [values[name] ?? ''].flat()[0]
  return (
    <>
      {request.kind === 'erasure' && request.personId && (
        <Section title="Effacer la personne">
          <p className="soft prose">
            <Fr>
              Son nom, ses coordonnées, ses messages et tout ce qui la désigne s’en vont ; ses présences restent
              comptées sans elle.
            </Fr>{' '}
            {request.email && 'Un dernier message le lui confirme.'}
          </p>
          <ConfirmForm
            label="Effacer…"
            question={<p>Rien ne permettra de revenir en arrière.</p>}
            confirmLabel="Oui, effacer cette personne"
            values={{ intent: 'erase' }}
          />
        </Section>
      )}
      <Section title="Répondre">
        <form method="post" noValidate className="stack">
          <input type="hidden" name="intent" value="answer" />
          <RadioGroup
            name="state"
            label="Ce qu’il en est"
            required
            options={[
              { value: 'done', label: 'La demande est satisfaite' },
              { value: 'refused', label: 'La demande est refusée, pour une raison' },
            ]}
            defaultValue={typed('state')}
            errors={errors.state}
          />
          <TextArea
            name="answer"
            label="Réponse"
            optional
            rows={5}
            defaultValue={typed('answer')}
            errors={errors.answer}
            hint="Un refus se motive toujours."
          />
          {request.email && <Checkbox name="send" label={`Envoyer cette réponse à ${request.email}`} defaultChecked />}
          <div className="row">
            <SubmitButton>Clore la demande</SubmitButton>
          </div>
        </form>
      </Section>
      {!request.extendedReason && (
        <Section title="Demander deux mois de plus">
          <form method="post" noValidate className="stack">
            <input type="hidden" name="intent" value="extend" />
            <TextField
              name="reason"
              label="Raison"
              defaultValue={typed('reason')}
              errors={errors.reason}
              hint="Pour une demande complexe seulement. La personne doit en être informée dans le premier mois."
            />
            <div className="row">
              <SubmitButton look="quiet">Prolonger le délai</SubmitButton>
            </div>
          </form>
        </Section>
      )}
    </>
  )
}
