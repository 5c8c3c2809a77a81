import { data } from 'react-router'
import { can } from '#app/platform/context.ts'
import { listErrorAnswer, parseListParams } from '#app/platform/list-params.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { idParam, notFound } from '#app/platform/web.server.ts'
import { Button } from '#app/ui/button.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { EmptyState } from '#app/ui/feedback.tsx'
import { KeyFigures } from '#app/ui/figure.tsx'
import { SearchField, Select } from '#app/ui/inputs.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { assiduityColumns } from '../assiduity-columns.tsx'
import { assiduityList, assiduityRules } from '../assiduity-list.server.ts'
import { keyFiguresOf } from '../cycle-facts.tsx'
import { SeriesHead } from '../series-tabs.tsx'
import type { Route } from './+types/assiduity'
import '../../record/record.css'
import '../cycles.css'

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const state = parseListParams(url.searchParams, assiduityRules)
  if (!state.ok) throw data(listErrorAnswer(state.error).message, { status: listErrorAnswer(state.error).status })
  const list = await assiduityList(ctx, idParam(params.id), state.value)
  if (list.ok) return { ...list.value, state: state.value, mayExport: can(ctx.actor, 'attendance:export') }
  if (list.error.type === 'not-found') throw notFound('Cette série n’existe pas.')
  const { message, status } = listErrorAnswer(list.error)
  throw data(message, { status })
}

const seuils = [
  { value: 'atteint', label: 'Seuil atteint' },
  { value: 'pas-encore', label: 'Seuil pas encore atteint' },
]

export default function AssiduityPage({ loaderData }: Route.ComponentProps) {
  const { series, steps, rows, total, figures, state, mayExport } = loaderData
  return (
    <OfficePage wide>
      <SeriesHead
        series={series}
        part="Assiduité"
        actions={
          <span className="screen-only">
            <Button onClick={() => window.print()}>Imprimer</Button>
          </span>
        }
      />
      <KeyFigures label="Assiduité de la série" items={keyFiguresOf(series, figures)} />
      <DataTable
        caption="Assiduité par personne"
        columns={assiduityColumns(steps, series.requiredShare)}
        rows={rows}
        rowKey={({ identityId }) => identityId}
        state={state}
        total={total}
        noun={{ one: 'personne' }}
        exportHref={mayExport ? `/bureau/series/${series.id}/assiduite` : undefined}
        filters={
          <>
            <SearchField name="q" label="Nom ou organisation" placeholder="Nom, organisation" defaultValue={state.q} />
            {series.requiredShare !== null && (
              <Select
                name="seuil"
                label="Seuil"
                placeholder="Tout le monde"
                options={seuils}
                defaultValue={state.filters.seuil?.[0]}
              />
            )}
          </>
        }
        empty={
          <EmptyState title="Personne ne suit encore cette série">
            <p>Les personnes inscrites ou présentes à l’une de ses activités apparaissent ici.</p>
          </EmptyState>
        }
      />
      {rows.length > 0 && <Key />}
    </OfficePage>
  )
}

const key = [
  ['present', 'présent·e'],
  ['absent', 'absent·e'],
  ['excused', 'excusé·e'],
  ['registered', 'inscrit·e, à venir ou à pointer'],
  ['none', 'pas inscrit·e'],
]

const Key = () => (
  <p className="dots-key small soft">
    {key.map(([state, words]) => (
      <span key={state}>
        <i className={`dot ${state}`} aria-hidden="true" /> {words}
      </span>
    ))}
  </p>
)
