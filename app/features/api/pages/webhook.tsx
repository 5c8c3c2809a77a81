import { Form, redirect } from 'react-router'
import { readForm } from '#app/platform/forms.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { badRequest, forbidden, idParam, notFound } from '#app/platform/web.server.ts'
import { ConfirmForm } from '#app/ui/confirm-form.tsx'
import { DescriptionList, PageHead, Section, StateTag, Toolbar } from '#app/ui/content.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { EmptyState, Notice } from '#app/ui/feedback.tsx'
import { Fr, Moment } from '#app/ui/fr.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import type { Column } from '#app/ui/table.ts'
import { eventLabel } from '../webhooks/events.ts'
import { readWebhook, removeWebhook, switchWebhook, tellAgain, tryWebhook } from '../webhooks/manage.server.ts'
import type { Route } from './+types/webhook'

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const found = await readWebhook(context.get(requestContext), idParam(params.id))
  if (!found) throw notFound()
  return { ...found, done: url.searchParams.has('fait') }
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const ctx = context.get(requestContext)
  const id = idParam(params.id)
  const sent = await readForm(request)
  const gestures: Record<string, () => ReturnType<typeof tryWebhook>> = {
    try: () => tryWebhook(ctx, id),
    pause: () => switchWebhook(ctx, id, false),
    resume: () => switchWebhook(ctx, id, true),
    remove: () => removeWebhook(ctx, id),
    again: () => tellAgain(ctx, id, idParam(String(sent.get('delivery') ?? ''))),
  }
  const intent = String(sent.get('intent') ?? '')
  const gesture = Object.hasOwn(gestures, intent) ? gestures[intent] : undefined
  if (!gesture) throw badRequest('Ce geste n’existe pas.')
  const done = await gesture()
  if (!done.ok) throw done.error.type === 'not-allowed' ? forbidden() : notFound()
  return redirect(intent === 'remove' ? '/bureau/acces/rappels?fait' : `/bureau/acces/rappels/${id}?fait`)
}

type Delivery = NonNullable<Awaited<ReturnType<typeof readWebhook>>>['deliveries'][number]

const states = {
  waiting: { tone: 'info', label: 'En attente' },
  delivered: { tone: 'good', label: 'Arrivé' },
  failed: { tone: 'bad', label: 'Abandonné' },
} as const

const columns: Column<Delivery>[] = [
  { key: 'evenement', label: 'Événement', value: ({ event }) => eventLabel(event), weight: 'main' },
  {
    key: 'date',
    label: 'Le',
    value: ({ createdAt }) => createdAt,
    render: ({ createdAt }) => <Moment date={createdAt} />,
  },
  {
    key: 'etat',
    label: 'État',
    value: ({ status }) => states[status].label,
    render: ({ status, lastError }) => (
      <>
        <StateTag tone={states[status].tone}>{states[status].label}</StateTag>
        {lastError && (
          <>
            <br />
            <span className="small">
              <Fr>{lastError}</Fr>
            </span>
          </>
        )}
      </>
    ),
  },
  { key: 'essais', label: 'Essais', value: ({ attempts }) => attempts, kind: 'number' },
  {
    key: 'geste',
    label: 'Renvoyer',
    value: () => null,
    exported: false,
    render: ({ id, status }) =>
      status === 'failed' && (
        <Form method="post">
          <input type="hidden" name="delivery" value={id} />
          <SubmitButton look="quiet" name="intent" value="again">
            Renvoyer
          </SubmitButton>
        </Form>
      ),
  },
]

export default function WebhookPage({ loaderData }: Route.ComponentProps) {
  const { webhook, deliveries, done } = loaderData
  return (
    <OfficePage wide>
      <title>{webhook.name}</title>
      <PageHead
        title={webhook.name}
        breadcrumb={[
          { label: 'Accès des programmes', href: '/bureau/acces' },
          { label: 'Rappels', href: '/bureau/acces/rappels' },
        ]}
      />
      {done && <Notice tone="good">C’est fait.</Notice>}
      {webhook.stoppedAt && (
        <Notice tone="bad" title="Ce rappel s’est arrêté">
          <Fr>Rien n’est arrivé à cette adresse pendant cinq jours : vérifiez-la, puis reprenez.</Fr>
        </Notice>
      )}
      <Toolbar label="Gestes">
        <Form method="post">
          <SubmitButton look="quiet" name="intent" value="try">
            Envoyer un essai
          </SubmitButton>
        </Form>
        <Form method="post">
          <SubmitButton look="quiet" name="intent" value={webhook.active ? 'pause' : 'resume'}>
            {webhook.active ? 'Mettre en pause' : 'Reprendre'}
          </SubmitButton>
        </Form>
        <ConfirmForm
          label="Ôter ce rappel…"
          question={<Fr>{`Ôter le rappel « ${webhook.name} » et la mémoire de ses envois ?`}</Fr>}
          confirmLabel="Ôter le rappel"
          values={{ intent: 'remove' }}
        />
      </Toolbar>
      <DescriptionList
        items={[
          { label: 'Adresse', value: webhook.url },
          { label: 'Événements', value: webhook.events.map(eventLabel).join(' · ') },
          {
            label: 'Secret',
            value: (
              <details>
                <summary>Montrer</summary>
                <code>{webhook.secret}</code>
                <p className="small soft">
                  L’autre programme s’en sert pour vérifier que le message vient d’ici (norme « Standard Webhooks »).
                </p>
              </details>
            ),
          },
        ]}
      />
      <Section title="Derniers envois">
        <DataTable
          caption="Derniers envois"
          columns={columns}
          rows={deliveries}
          rowKey={({ id }) => id}
          empty={<EmptyState title="Rien n’a encore été envoyé à cette adresse." />}
        />
      </Section>
    </OfficePage>
  )
}
