import { data, Form, redirect } from 'react-router'
import { z } from 'zod'
import {
  checkForm,
  fields,
  type FormErrors,
  formValues,
  type FormValues,
  readForm,
} from '#app/platform/forms.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { forbidden, idParam, notFound } from '#app/platform/web.server.ts'
import { CheckboxGroup } from '#app/ui/choices.tsx'
import { ConfirmForm } from '#app/ui/confirm-form.tsx'
import { PageHead, Section, StateTag } from '#app/ui/content.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { EmptyState, Notice } from '#app/ui/feedback.tsx'
import { ErrorSummary, FormActions } from '#app/ui/form-layout.tsx'
import { Fr, Day, Moment } from '#app/ui/fr.tsx'
import { Select, TextField } from '#app/ui/inputs.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import type { Column } from '#app/ui/table.ts'
import { AccessTabs } from '../access-tabs.tsx'
import { type Scope, scopeNames, scopes } from '../scopes.ts'
import { listTokens, makeToken, revokeToken, type Token } from '../tokens.server.ts'
import type { Route } from './+types/keys'

/** A key just made is shown on this very answer: it is kept nowhere on the way. */
export const headers = () => ({ 'cache-control': 'private, no-store' })

export async function loader({ context, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const list = await listTokens(ctx)
  if (!list) throw notFound()
  const now = ctx.now()
  const keys = list.map((token) => ({ ...token, ended: token.revokedAt !== null || token.expiresAt <= now }))
  return { keys, revoked: url.searchParams.has('fait'), address: `${ctx.baseUrl}/api/v1` }
}

const durations = { '30': 'un mois', '90': 'trois mois', '365': 'un an', '730': 'deux ans' }

const newKey = z.object({
  name: fields.line(80, 'Dites à quoi cette clé sert.'),
  scopes: fields
    .list(z.enum(scopeNames, 'Ce choix n’existe pas.'))
    .refine((list) => list.length > 0, { error: 'Choisissez au moins un droit.' }),
  days: z.enum(['30', '90', '365', '730'], 'Choisissez une durée.').transform(Number),
})

interface Answer {
  token?: string
  errors?: FormErrors
  values?: FormValues
}

export async function action({ context, request }: Route.ActionArgs) {
  const ctx = context.get(requestContext)
  const sent = await readForm(request)
  if (sent.get('intent') === 'revoke') {
    const done = await revokeToken(ctx, idParam(String(sent.get('id') ?? '')))
    if (done.ok) return redirect('/bureau/acces?fait')
    throw done.error.type === 'not-allowed' ? forbidden() : notFound()
  }
  const form = checkForm(sent, newKey)
  if (!form.ok) return data<Answer>({ errors: form.error.errors, values: form.error.values }, { status: 400 })
  const made = await makeToken(ctx, form.value)
  if (made.ok) return data<Answer>({ token: made.value.token })
  switch (made.error.type) {
    case 'not-allowed':
      throw forbidden()
    case 'too-many':
      return data<Answer>(
        {
          errors: { '': ['Cent clés sont en cours : retirez d’abord celles qui ne servent plus.'] },
          values: formValues(sent),
        },
        { status: 409 },
      )
    default:
      return made.error satisfies never
  }
}

type Key = Token & { ended: boolean }

const columns: Column<Key>[] = [
  {
    key: 'nom',
    label: 'Clé',
    value: ({ name }) => name,
    render: ({ name, beginning }) => (
      <>
        {name}
        <br />
        <code className="small soft">{beginning}…</code>
      </>
    ),
    weight: 'main',
  },
  {
    key: 'droits',
    label: 'Droits',
    value: ({ scopes: held }) => held.map((scope) => scopes[scope as Scope]?.label ?? scope).join(' · '),
  },
  {
    key: 'usage',
    label: 'Dernier usage',
    value: ({ lastUsedAt }) => lastUsedAt,
    render: ({ lastUsedAt }) => (lastUsedAt ? <Moment date={lastUsedAt} /> : 'Jamais'),
  },
  {
    key: 'fin',
    label: 'Fin',
    value: ({ expiresAt }) => expiresAt,
    render: ({ expiresAt, revokedAt, ended }) =>
      ended ? <StateTag tone="neutral">{revokedAt ? 'Retirée' : 'Expirée'}</StateTag> : <Day date={expiresAt} />,
  },
  {
    key: 'geste',
    label: 'Retirer',
    value: () => null,
    exported: false,
    render: ({ id, name, ended }) =>
      !ended && (
        <ConfirmForm
          label="Retirer…"
          question={<Fr>{`Retirer la clé « ${name} » ? Le programme qui s’en sert sera refusé aussitôt.`}</Fr>}
          confirmLabel="Retirer la clé"
          values={{ intent: 'revoke', id }}
        />
      ),
  },
]

const labels = { name: 'Nom', scopes: 'Droits', days: 'Durée' }

export default function Keys({ loaderData, actionData }: Route.ComponentProps) {
  const { keys, revoked, address } = loaderData
  const { token, errors = {}, values = {} } = (actionData ?? {}) as Answer
  const kept = (name: string) => [values[name] ?? ''].flat()
  return (
    <OfficePage wide>
      <title>Accès des programmes</title>
      <PageHead
        title="Accès des programmes"
        detail="Un autre logiciel du centre peut lire et écrire ici, avec une clé qui a ses droits et sa fin."
      />
      <AccessTabs current="keys" />
      {token && (
        <Notice tone="good" title="La clé est prête : copiez-la maintenant, elle ne sera plus montrée">
          <code>{token}</code>
        </Notice>
      )}
      {revoked && !actionData && <Notice tone="good">La clé est retirée.</Notice>}
      <DataTable
        caption="Clés"
        columns={columns}
        rows={keys}
        rowKey={({ id }) => id}
        empty={<EmptyState title="Aucun programme n’a de clé." />}
      />
      <Section title="Nouvelle clé">
        <p>
          <Fr>{`Adresse : ${address}. La `}</Fr>
          <a href="/api/v1/openapi.json">description OpenAPI</a> dit tout ce qu’un programme peut y demander.
        </p>
        {/* once a key is made, the form is a new one: a second click makes no second key of the same name */}
        <Form key={token} method="post" noValidate className="stack">
          <ErrorSummary errors={errors} labels={labels} />
          <TextField
            name="name"
            label={labels.name}
            hint="Le programme qui s’en servira : « Site de la fédération »."
            defaultValue={kept('name').join('')}
            errors={errors.name}
            width="medium"
            required
          />
          <CheckboxGroup
            name="scopes"
            label={labels.scopes}
            options={scopeNames.map((value) => ({ value, label: scopes[value].label }))}
            defaultValue={kept('scopes')}
            errors={errors.scopes}
          />
          <Select
            name="days"
            label={labels.days}
            options={Object.entries(durations).map(([value, label]) => ({ value, label }))}
            defaultValue={kept('days').join('') || '365'}
            errors={errors.days}
          />
          <FormActions>
            <SubmitButton pendingLabel="Fabrication…">Faire la clé</SubmitButton>
          </FormActions>
        </Form>
      </Section>
    </OfficePage>
  )
}
