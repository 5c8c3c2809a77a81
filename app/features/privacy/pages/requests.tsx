import { data } from 'react-router'
import { listErrorAnswer, parseListParams } from '#app/platform/list-params.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { notFound } from '#app/platform/web.server.ts'
import { StateTag } from '#app/ui/content.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { EmptyState } from '#app/ui/feedback.tsx'
import { Select } from '#app/ui/inputs.tsx'
import { Link } from '#app/ui/link.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import type { Column } from '#app/ui/table.ts'
import { requestKindLabels, requestStateLabels, requestStateTones } from '../labels.ts'
import { BASE, PrivacyHead } from '../privacy-head.tsx'
import { listRequests, requestListRules, type RequestRecord } from '../requests/list.server.ts'
import type { Route } from './+types/requests'

export async function loader({ context, url }: Route.LoaderArgs) {
  const state = parseListParams(url.searchParams, requestListRules)
  if (!state.ok) throw refused(state.error)
  const list = await listRequests(context.get(requestContext), state.value)
  if (list.ok) return { ...list.value, state: state.value }
  if (list.error.type === 'not-allowed') throw notFound()
  throw refused(list.error)
}

function refused(error: Parameters<typeof listErrorAnswer>[0]) {
  const { status, message } = listErrorAnswer(error)
  return data(message, { status })
}

const columns: Column<RequestRecord>[] = [
  {
    key: 'objet',
    label: 'Demande',
    weight: 'main',
    value: ({ kind }) => requestKindLabels[kind],
    render: ({ id, kind }) => <Link href={`${BASE}/demandes/${id}`}>{requestKindLabels[kind]}</Link>,
  },
  { key: 'personne', label: 'Personne', value: ({ name }) => name ?? 'Personne effacée' },
  { key: 'recue', label: 'Reçue le', kind: 'day', sortable: true, value: ({ receivedAt }) => receivedAt },
  { key: 'echeance', label: 'Réponse due le', kind: 'day', sortable: true, value: ({ dueOn }) => dueOn },
  {
    key: 'etat',
    label: 'État',
    value: ({ state, late }) => (late ? 'En retard' : requestStateLabels[state]),
    render: ({ state, late }) =>
      late ? (
        <StateTag tone="bad">En retard</StateTag>
      ) : (
        <StateTag tone={requestStateTones[state]}>{requestStateLabels[state]}</StateTag>
      ),
  },
]

const options = (labels: Record<string, string>) => Object.entries(labels).map(([value, label]) => ({ value, label }))

export default function Requests({ loaderData: { rows, total, state } }: Route.ComponentProps) {
  return (
    <OfficePage wide>
      <PrivacyHead part="Demandes" />
      <DataTable
        caption="Demandes sur les données personnelles"
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        state={state}
        total={total}
        noun={{ one: 'demande' }}
        filters={
          <>
            <Select
              name="etat"
              label="État"
              placeholder="Tous"
              options={options(requestStateLabels)}
              defaultValue={state.filters.etat?.[0] ?? ''}
            />
            <Select
              name="objet"
              label="Objet"
              placeholder="Tous"
              options={options(requestKindLabels)}
              defaultValue={state.filters.objet?.[0] ?? ''}
            />
          </>
        }
        empty={
          <EmptyState title="Aucune demande">
            Une personne fait sa demande depuis son lien personnel. Celle qui arrive autrement se note sur la page des
            données de la personne.
          </EmptyState>
        }
      />
    </OfficePage>
  )
}
