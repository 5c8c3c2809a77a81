import { data, Form, redirect } from 'react-router'
import { importKinds } from '#app/platform/imports.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { sheetLimits, sheetSentence } from '#app/platform/sheets/sheet.ts'
import { receiveUpload } from '#app/platform/upload.server.ts'
import { forbidden, requirePermission } from '#app/platform/web.server.ts'
import { RadioGroup } from '#app/ui/choices.tsx'
import { PageHead } from '#app/ui/content.tsx'
import { controlProps, Field } from '#app/ui/field.tsx'
import { ErrorSummary, FormActions } from '#app/ui/form-layout.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { importsFolder } from '../import-files.server.ts'
import { mayImport, startImport } from '../start-import.server.ts'
import type { Route } from './+types/new-import'

export function loader({ context }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'directory:import')
  const kinds = context.get(importKinds).filter((kind) => mayImport(ctx, kind))
  return { kinds: kinds.map(({ key, label, detail }) => ({ key, label, detail })) }
}

const refused = (field: string, sentence: string, kind: string, status = 400) =>
  data({ errors: { [field]: [sentence] }, kind }, { status })

export async function action({ context, request }: Route.ActionArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'directory:import')
  const upload = await receiveUpload(request, { folder: importsFolder(ctx), maxBytes: sheetLimits.bytes })
  if (!upload.ok) {
    const large = upload.error.type === 'too-large'
    return refused(
      'file',
      large ? sheetSentence({ type: 'too-large' }) : 'L’envoi a été interrompu. Recommencez.',
      '',
      large ? 413 : 400,
    )
  }
  const { fields, file } = upload.value
  const chosen = fields.kind ?? ''
  const kind = context.get(importKinds).find(({ key }) => key === chosen)
  if (!file) return refused('file', 'Choisissez un fichier.', chosen)
  const started = await startImport(ctx, { kind: kind ?? null, file })
  if (started.ok) return redirect(`/bureau/imports/${started.value.id}`)
  switch (started.error.type) {
    case 'not-allowed':
      throw forbidden('Votre rôle ne permet pas cette reprise.')
    case 'no-kind':
      return refused('kind', 'Dites ce que contient le fichier.', chosen)
    case 'refused-file':
      return refused('file', sheetSentence(started.error.problem), chosen)
    default:
      return started.error satisfies never
  }
}

export default function NewImport({ loaderData: { kinds }, actionData }: Route.ComponentProps) {
  const errors: Record<string, string[] | undefined> = actionData?.errors ?? {}
  const file = { name: 'file', label: 'Fichier', errors: errors.file, hint: 'oui' }
  return (
    <OfficePage>
      <title>Importer un fichier</title>
      <PageHead title="Importer un fichier" breadcrumb={[{ label: 'Imports', href: '/bureau/imports' }]} />
      <ErrorSummary errors={errors} labels={{ file: 'Fichier', kind: 'Contenu' }} />
      <Form method="post" noValidate encType="multipart/form-data" className="stack">
        <RadioGroup
          name="kind"
          label="Ce que contient le fichier"
          options={kinds.map(({ key, label, detail }) => ({ value: key, label, hint: <Fr>{detail}</Fr> }))}
          defaultValue={actionData?.kind || kinds[0]?.key}
          errors={errors.kind}
        />
        <Field
          {...file}
          hint="Excel (.xlsx) ou CSV, 50 Mo et 200 000 lignes au plus. La première ligne, ou l’une des suivantes, donne les titres des colonnes."
        >
          <input type="file" accept=".xlsx,.csv,.txt,.tsv" {...controlProps(file)} />
        </Field>
        <p className="small soft">
          <Fr>
            Rien n’est écrit avant que vous ayez vu ce que le fichier changerait, et un import entier s’annule. Le
            fichier est oublié une fois repris, ses lignes au bout de deux mois.
          </Fr>
        </p>
        <FormActions>
          <SubmitButton pendingLabel="Envoi…">Envoyer</SubmitButton>
        </FormActions>
      </Form>
    </OfficePage>
  )
}
