import { data, Form, redirect } from 'react-router'
import { z } from 'zod'
import { fields, type FormErrors, type FormValues, parseForm } from '#app/platform/forms.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { forbidden, notFound } from '#app/platform/web.server.ts'
import { CheckboxGroup } from '#app/ui/choices.tsx'
import { PageHead, Section, StateTag } from '#app/ui/content.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { EmptyState, Notice } from '#app/ui/feedback.tsx'
import { ErrorSummary, FormActions } from '#app/ui/form-layout.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { TextField } from '#app/ui/inputs.tsx'
import { Link } from '#app/ui/link.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import type { Column } from '#app/ui/table.ts'
import { AccessTabs } from '../access-tabs.tsx'
import { eventLabel, webhookEventNames, webhookEvents } from '../webhooks/events.ts'
import { addWebhook, type BadUrl, listWebhooks } from '../webhooks/manage.server.ts'
import type { Route } from './+types/webhooks'

export async function loader({ context, url }: Route.LoaderArgs) {
  const list = await listWebhooks(context.get(requestContext))
  if (!list) throw notFound()
  return { list, removed: url.searchParams.has('fait') }
}

const newWebhook = z.object({
  name: fields.line(80, 'Dites quel programme est prévenu.'),
  url: fields.line(1000, 'Donnez une adresse.'),
  events: fields
    .list(z.enum(webhookEventNames, 'Ce choix n’existe pas.'))
    .refine((list) => list.length > 0, { error: 'Choisissez au moins un événement.' }),
})

const urlSentences: Record<BadUrl['why'], string> = {
  unreadable: 'Cette adresse n’est pas valable. Exemple\u202f: https://programme.exemple.fr/maillage',
  'not-https': 'L’adresse doit commencer par https://.',
  private: 'Cette adresse mène à un réseau privé\u202f: seules celles d’internet sont prévenues.',
}

const refuse = (status: number, errors: FormErrors, values: FormValues) => data({ errors, values }, { status })

export async function action({ context, request }: Route.ActionArgs) {
  const form = await parseForm(request, newWebhook)
  if (!form.ok) return refuse(400, form.error.errors, form.error.values)
  const made = await addWebhook(context.get(requestContext), form.value)
  if (made.ok) return redirect(`/bureau/acces/rappels/${made.value.id}?fait`)
  switch (made.error.type) {
    case 'not-allowed':
      throw forbidden()
    case 'bad-url':
      return refuse(400, { url: [urlSentences[made.error.why]] }, form.value)
    case 'too-many':
      return refuse(
        409,
        { '': ['Cinquante rappels sont en place : ôtez d’abord ceux qui ne servent plus.'] },
        form.value,
      )
    default:
      return made.error satisfies never
  }
}

type Row = NonNullable<Awaited<ReturnType<typeof listWebhooks>>>[number]

const columns: Column<Row>[] = [
  {
    key: 'nom',
    label: 'Programme prévenu',
    value: ({ name }) => name,
    render: ({ id, name, url }) => (
      <>
        <Link href={`/bureau/acces/rappels/${id}`}>{name}</Link>
        <br />
        <span className="small soft">{url}</span>
      </>
    ),
    weight: 'main',
  },
  { key: 'evenements', label: 'Événements', value: ({ events }) => events.map(eventLabel).join(' · ') },
  {
    key: 'etat',
    label: 'État',
    value: ({ active }) => (active ? 'En marche' : 'Arrêté'),
    render: ({ active, stoppedAt }) => (
      <StateTag tone={active ? 'good' : stoppedAt ? 'bad' : 'neutral'}>
        {active ? 'En marche' : stoppedAt ? 'Arrêté : rien n’arrivait' : 'En pause'}
      </StateTag>
    ),
  },
]

const labels = { name: 'Nom', url: 'Adresse', events: 'Événements' }

export default function Webhooks({ loaderData, actionData }: Route.ComponentProps) {
  const errors: FormErrors = actionData?.errors ?? {}
  const values: FormValues = actionData?.values ?? {}
  const kept = (name: string) => [values[name] ?? ''].flat()
  return (
    <OfficePage wide>
      <title>Rappels vers d’autres programmes</title>
      <PageHead
        title="Accès des programmes"
        detail="Un rappel prévient un autre logiciel de ce qui se passe ici, dans la minute ; il ne porte que des numéros, jamais de nom."
      />
      <AccessTabs current="webhooks" />
      {loaderData.removed && !actionData && <Notice tone="good">Le rappel est ôté.</Notice>}
      <DataTable
        caption="Rappels"
        columns={columns}
        rows={loaderData.list}
        rowKey={({ id }) => id}
        empty={<EmptyState title="Aucun programme n’est prévenu." />}
      />
      <Section title="Nouveau rappel">
        <Form method="post" noValidate className="stack">
          <ErrorSummary errors={errors} labels={labels} />
          <TextField
            name="name"
            label={labels.name}
            width="medium"
            required
            defaultValue={kept('name').join('')}
            errors={errors.name}
          />
          <TextField
            name="url"
            type="url"
            label={labels.url}
            hint="Celle que donne l’autre programme ; en https."
            required
            defaultValue={kept('url').join('')}
            errors={errors.url}
          />
          <CheckboxGroup
            name="events"
            label={labels.events}
            options={webhookEventNames.map((value) => ({ value, label: <Fr>{webhookEvents[value]}</Fr> }))}
            defaultValue={kept('events')}
            errors={errors.events}
          />
          <FormActions>
            <SubmitButton pendingLabel="Ajout…">Ajouter le rappel</SubmitButton>
          </FormActions>
        </Form>
      </Section>
    </OfficePage>
  )
}
