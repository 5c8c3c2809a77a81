import { data } from 'react-router'
import { listErrorAnswer, parseListParams } from '#app/platform/list-params.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { notFound } from '#app/platform/web.server.ts'
import { DataTable } from '#app/ui/data-table.tsx'
import { EmptyState } from '#app/ui/feedback.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { Select } from '#app/ui/inputs.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import type { Column } from '#app/ui/table.ts'
import { erasureListRules, type ErasureLine, listErasures } from '../erasure/list-erasures.server.ts'
import { erasureRuleLabels } from '../labels.ts'
import { PrivacyHead } from '../privacy-head.tsx'
import type { Route } from './+types/erasures'

export async function loader({ context, url }: Route.LoaderArgs) {
  const state = parseListParams(url.searchParams, erasureListRules)
  if (!state.ok) throw refused(state.error)
  const list = await listErasures(context.get(requestContext), state.value)
  if (list.ok) return { ...list.value, state: state.value }
  if (list.error.type === 'not-allowed') throw notFound()
  throw refused(list.error)
}

function refused(error: Parameters<typeof listErrorAnswer>[0]) {
  const { status, message } = listErrorAnswer(error)
  return data(message, { status })
}

const columns: Column<ErasureLine>[] = [
  { key: 'date', label: 'Le', kind: 'datetime', sortable: true, weight: 'main', value: ({ at }) => at },
  { key: 'raison', label: 'Raison', value: ({ rule }) => erasureRuleLabels[rule] },
  { key: 'par', label: 'Par', value: ({ by }) => by },
  { key: 'numero', label: 'Numéro', weight: 'wide', value: ({ id }) => id.slice(0, 8) },
]

export default function Erasures({ loaderData: { rows, total, state } }: Route.ComponentProps) {
  return (
    <OfficePage wide>
      <PrivacyHead part="Effacements" />
      <p className="soft prose">
        <Fr>
          La preuve que des effacements ont été faits, sans dire de qui. La même liste est écrite à côté des données,
          hors de la base : une sauvegarde restaurée plus tard y trouve qui effacer de nouveau.
        </Fr>
      </p>
      <DataTable
        caption="Effacements"
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        state={state}
        total={total}
        noun={{ one: 'effacement' }}
        filters={
          <Select
            name="raison"
            label="Raison"
            placeholder="Toutes"
            options={Object.entries(erasureRuleLabels).map(([value, label]) => ({ value, label }))}
            defaultValue={state.filters.raison?.[0] ?? ''}
          />
        }
        empty={<EmptyState title="Aucun effacement">Chacun s’écrira ici, sans le nom de la personne.</EmptyState>}
      />
    </OfficePage>
  )
}
