import { Form } from 'react-router'
import type { FormErrors } from '#app/platform/forms.server.ts'
import { Button, LinkButton } from '#app/ui/button.tsx'
import { CheckboxGroup } from '#app/ui/choices.tsx'
import { ConfirmForm } from '#app/ui/confirm-form.tsx'
import { EmptyState } from '#app/ui/feedback.tsx'
import { FormActions } from '#app/ui/form-layout.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { plural } from '#app/ui/french.ts'
import { NumberField, TextArea, TextField } from '#app/ui/inputs.tsx'
import { Link } from '#app/ui/link.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { type MergeField, mergeFieldHints } from './merge-fields.ts'
import type { audienceOf, Preview } from './preview.server.ts'
import { leftOutWords, reasonWords } from './words.ts'

interface Typed {
  subject?: string | string[]
  body?: string | string[]
  documentIds?: string | string[]
  documentMonths?: string | string[]
}

interface FormProps {
  typed: Typed
  errors: FormErrors
  documents: readonly { id: string; title: string; shown: boolean }[]
  fields: readonly MergeField[]
  saved: boolean
}

const one = (value: string | string[] | undefined) => [value ?? ''].flat()[0]

/** The text, its fields to choose from a list, its documents. Every button keeps what is written first. */
export function WriteForm({ typed, errors, documents, fields, saved }: FormProps) {
  return (
    <Form method="post" noValidate className="stack" id="message">
      <TextField
        name="subject"
        label="Objet"
        required
        maxLength={200}
        defaultValue={one(typed.subject)}
        errors={errors.subject}
      />
      <TextArea
        name="body"
        label="Message"
        required
        rows={16}
        maxLength={10_000}
        defaultValue={one(typed.body)}
        errors={errors.body}
      />
      <Fields fields={fields} />
      {documents.length > 0 && (
        <>
          <CheckboxGroup
            name="documentIds"
            label="Documents donnés par {documents}"
            options={documents.map(({ id, title, shown }) => ({
              value: id,
              label: title,
              hint: shown ? undefined : 'Pas public : un lien réservé à ce message',
            }))}
            defaultValue={[typed.documentIds ?? []].flat()}
            errors={errors.documentIds}
          />
          <NumberField
            name="documentMonths"
            label="Durée des liens réservés"
            unit="mois"
            defaultValue={one(typed.documentMonths)}
            errors={errors.documentMonths}
          />
        </>
      )}
      <FormActions>
        <SubmitButton>{saved ? 'Enregistrer et revoir l’aperçu' : 'Enregistrer et voir l’aperçu'}</SubmitButton>
        <Button type="submit" name="intent" value="test" look="quiet">
          M’envoyer un essai
        </Button>
      </FormActions>
    </Form>
  )
}

/** Chosen by hand: put where one was writing, or copied by who has no script. */
const Fields = ({ fields }: Pick<FormProps, 'fields'>) => (
  <details className="more" open>
    <summary>Champs à insérer</summary>
    <ul className="merge-fields">
      {fields.map((field) => (
        <li key={field}>
          <Button type="button" look="quiet" small onClick={() => insert(field)}>{`{${field}}`}</Button>{' '}
          <span className="small soft">{mergeFieldHints[field]}</span>
        </li>
      ))}
    </ul>
  </details>
)

function insert(field: MergeField) {
  const area = document.querySelector<HTMLTextAreaElement>('#message textarea[name="body"]')
  if (!area) return
  area.focus()
  area.setRangeText(`{${field}}`, area.selectionStart, area.selectionEnd, 'end')
}

interface PaneProps {
  draft: { id: string; updatedAt: string; replyTo: string | null } | null
  preview: Preview | null
  count: number
}

/** What a real recipient would read, and the one gesture that sends. */
export function PreviewPane({ draft, preview, count }: PaneProps) {
  if (!draft) return <EmptyState title="L’aperçu vient ici, une fois le message enregistré" />
  if (!preview) return <EmptyState title="Personne à qui écrire : rien à montrer" />
  return (
    <section className="stack preview" id="apercu" aria-label="Aperçu">
      <Turn preview={preview} />
      <dl className="preview-head small">
        <dt>À</dt>
        <dd>
          {preview.fullName} ({preview.email})
        </dd>
        <dt>Réponses à</dt>
        <dd>{draft.replyTo ?? 'l’adresse du centre'}</dd>
        <dt>Objet</dt>
        <dd>
          <strong>{preview.copy.subject}</strong>
        </dd>
      </dl>
      <p className="preview-text pre">{preview.copy.text}</p>
      <ConfirmForm
        label={`Envoyer à ${plural(count, 'personne')}…`}
        question={`Le message part tel que dans cet aperçu, une fois à chacun. Ce qui n’est pas enregistré n’en fait pas partie.`}
        confirmLabel={`Oui, envoyer à ${plural(count, 'personne')}`}
        danger={false}
        values={{ intent: 'send', followUpId: draft.id, count: String(count), version: draft.updatedAt }}
      />
    </section>
  )
}

const Turn = ({ preview: { rank, count } }: { preview: Preview }) => (
  <div className="row">
    <h3>{`Aperçu ${rank} sur ${count}`}</h3>
    <span className="row end">
      {rank > 1 && (
        <LinkButton small look="quiet" href={`?rang=${rank - 1}#apercu`}>
          Personne précédente
        </LinkButton>
      )}
      {rank < count && (
        <LinkButton small look="quiet" href={`?rang=${rank + 1}#apercu`}>
          Personne suivante
        </LinkButton>
      )}
    </span>
  </div>
)

type People = Awaited<ReturnType<typeof audienceOf>>

/** Who will not be written to, and why: an address may still be added. */
export function LeftOut({ people, activityId }: { people: People; activityId: string }) {
  const words = leftOutWords(people.leftOut)
  if (!words) return null
  return (
    <details className="more">
      <summary>
        <Fr>{words}</Fr>
      </summary>
      <ul>
        {people.names.map(({ attendanceId, fullName, reason }) => (
          <li key={attendanceId}>
            <Link href={`/bureau/activites/${activityId}/presence/${attendanceId}`}>{fullName}</Link>{' '}
            <span className="soft">{reasonWords(reason)}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
