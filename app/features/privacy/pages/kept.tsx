import { data, redirect } from 'react-router'
import { can } from '#app/platform/context.ts'
import { readForm } from '#app/platform/forms.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { forbidden, idParam, notFound } from '#app/platform/web.server.ts'
import { DataTable } from '#app/ui/data-table.tsx'
import { EmptyState } from '#app/ui/feedback.tsx'
import { Link } from '#app/ui/link.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import type { Column } from '#app/ui/table.ts'
import { BASE, PrivacyHead } from '../privacy-head.tsx'
import { type KeptPerson, listKept, stopKeeping } from '../review/keep-person.server.ts'
import type { Route } from './+types/kept'

export async function loader({ context }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const rows = await listKept(ctx)
  if (!rows) throw notFound()
  return { rows, mayWrite: can(ctx.actor, 'privacy:write') }
}

export async function action({ request, context }: Route.ActionArgs) {
  const sent = await readForm(request)
  const stopped = await stopKeeping(context.get(requestContext), idParam(String(sent.get('personne') ?? '')))
  if (stopped.ok) return redirect(`${BASE}/gardees`, 303)
  switch (stopped.error.type) {
    case 'not-allowed':
      throw forbidden()
    default:
      return data(stopped.error.type satisfies never)
  }
}

const columns: Column<KeptPerson>[] = [
  {
    key: 'nom',
    label: 'Personne',
    weight: 'main',
    value: ({ name }) => name,
    render: ({ id, name }) => <Link href={`/bureau/personnes/${id}`}>{name}</Link>,
  },
  { key: 'raison', label: 'Raison', value: ({ reason }) => reason },
  { key: 'jusqu', label: 'Jusqu’au', kind: 'day', value: ({ until }) => until },
  { key: 'par', label: 'Décidé par', weight: 'wide', value: ({ by }) => by },
]

const stoppable: Column<KeptPerson>[] = [
  ...columns,
  {
    key: 'geste',
    label: 'Geste',
    value: () => null,
    render: ({ id, name }) => (
      <form method="post">
        <input type="hidden" name="personne" value={id} />
        <SubmitButton look="plain" aria-label={`Ne plus garder ${name}`}>
          Ne plus garder
        </SubmitButton>
      </form>
    ),
  },
]

export default function Kept({ loaderData: { rows, mayWrite } }: Route.ComponentProps) {
  return (
    <OfficePage wide>
      <PrivacyHead part="Gardées" />
      <DataTable
        caption="Fiches gardées plus longtemps"
        columns={mayWrite ? stoppable : columns}
        rows={rows}
        rowKey={({ id }) => id}
        noun={{ one: 'fiche' }}
        empty={
          <EmptyState title="Aucune fiche n’est gardée plus longtemps">
            Une personne à purger peut être gardée, avec une raison et jusqu’à un jour.
          </EmptyState>
        }
      />
    </OfficePage>
  )
}
