import { ConfirmForm } from '#app/ui/confirm-form.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { Select, TextArea } from '#app/ui/inputs.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { requestKindLabels } from '../labels.ts'

interface Props {
  name: string
  errors: Record<string, string[]>
  values: Record<string, string | string[]>
}

/** What the team may do from somebody's data: write their request down, erase them. */
export function PersonGestures({ name, errors, values }: Props) {
  const typed = (field: string) => [values[field] ?? ''].flat()[0]
  return (
    <div className="row screen-only">
      <details className="confirm" open={errors.kind !== undefined || errors.message !== undefined}>
        <summary className="button quiet">Noter une demande…</summary>
        <form method="post" noValidate className="confirm-box stack">
          <input type="hidden" name="intent" value="request" />
          <Select
            name="kind"
            label="Demande"
            required
            placeholder="Choisir…"
            options={Object.entries(requestKindLabels).map(([value, label]) => ({ value, label }))}
            defaultValue={typed('kind')}
            errors={errors.kind}
          />
          <TextArea
            name="message"
            label="Message"
            optional
            rows={3}
            defaultValue={typed('message')}
            errors={errors.message}
            hint="Ce que la personne a écrit ou dit."
          />
          <div className="row">
            <SubmitButton>Noter, réponse due dans un mois</SubmitButton>
          </div>
        </form>
      </details>
      <ConfirmForm
        label="Effacer…"
        question={
          <p className="prose">
            <Fr>{`${name} disparaît de l’annuaire, des messages, du journal et de toutes les listes. Ses présences restent comptées, sans nom ; ses inscriptions à venir sont rendues. Rien ne permet de revenir en arrière.`}</Fr>
          </p>
        }
        confirmLabel="Oui, effacer cette personne"
        values={{ intent: 'erase' }}
      />
    </div>
  )
}
