import { Form } from 'react-router'
import { Button } from '#app/ui/button.tsx'
import { Checkbox } from '#app/ui/choices.tsx'
import { ConfirmForm } from '#app/ui/confirm-form.tsx'
import { Section, StateTag } from '#app/ui/content.tsx'
import { EmptyState } from '#app/ui/feedback.tsx'
import { controlProps, Field } from '#app/ui/field.tsx'
import { FieldRow } from '#app/ui/form-layout.tsx'
import { formatNumber } from '#app/ui/french.ts'
import { TextField } from '#app/ui/inputs.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import type { ActivityDocument } from './documents.server.ts'
import type { FormState } from './form-state.ts'
import { type Line, textOf } from './lines.ts'

interface DocumentListProps {
  documents: readonly ActivityDocument[]
  mayWrite: boolean
}

export const DocumentList = ({ documents, mayWrite }: DocumentListProps) =>
  documents.length === 0 ? (
    <EmptyState title="Aucun document">
      <p>Supports, compte rendu, enregistrement, liens utiles : publics ou réservés à l’équipe.</p>
    </EmptyState>
  ) : (
    <ul className="document-list">
      {documents.map((document) => (
        <li key={document.id}>
          <div>
            <a href={document.url ?? `/documents/${document.id}`}>{document.title}</a>{' '}
            <StateTag tone={document.public ? 'good' : 'neutral'}>{document.public ? 'Public' : 'Équipe'}</StateTag>
            <span className="small soft block">
              {document.url ?? `${document.fileName}, ${weight(document.size ?? 0)}`}
            </span>
          </div>
          {mayWrite && <DocumentGestures document={document} />}
        </li>
      ))}
    </ul>
  )

const weight = (bytes: number) =>
  bytes < 1_000_000
    ? `${formatNumber(Math.max(1, Math.round(bytes / 1000)))}\u00a0Ko`
    : `${formatNumber(bytes / 1_000_000, 1)}\u00a0Mo`

const DocumentGestures = ({ document: { id, title, public: shown } }: { document: ActivityDocument }) => (
  <div className="row small">
    <Form method="post" noValidate>
      <input type="hidden" name="documentId" value={id} />
      <Button type="submit" name="intent" value={shown ? 'hide' : 'show'} look="quiet" small>
        {shown ? 'Réserver à l’équipe' : 'Rendre public'}
      </Button>
    </Form>
    <ConfirmForm
      label="Retirer…"
      question={`« ${title} » ne sera plus proposé.`}
      confirmLabel="Retirer"
      values={{ intent: 'remove', documentId: id }}
    />
  </div>
)

/** A file or a link; sent with its bytes, with or without script. */
export const DocumentForm = ({ typed, errors }: { typed: Line; errors: FormState['errors'] }) => {
  const file = { name: 'file', label: 'Fichier', errors: errors.file, optional: true }
  return (
    <Section title="Ajouter un document">
      <Form method="post" noValidate encType="multipart/form-data" className="stack narrow-form">
        <TextField
          name="title"
          label="Titre"
          optional
          hint="Le nom du fichier, si vous n’en donnez pas."
          defaultValue={textOf(typed, 'title')}
          errors={errors.title}
          maxLength={200}
        />
        <FieldRow>
          <Field {...file} hint="PDF, image ou document bureautique, 25 Mo au plus.">
            <input type="file" {...controlProps({ ...file, hint: 'oui' })} />
          </Field>
          <TextField
            name="url"
            label="Ou lien"
            inputMode="url"
            optional
            hint="Une page, une vidéo, un dossier partagé."
            defaultValue={textOf(typed, 'url')}
            errors={errors.url}
          />
        </FieldRow>
        <Checkbox
          name="public"
          label="Public, sur la page de l’activité"
          defaultChecked={textOf(typed, 'public') !== ''}
          errors={errors.public}
        />
        <SubmitButton name="intent" value="add" pendingLabel="Envoi…">
          Ajouter
        </SubmitButton>
      </Form>
    </Section>
  )
}
