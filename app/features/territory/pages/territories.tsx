import { data } from 'react-router'
import { listErrorAnswer, type ListParamsError, parseListParams } from '#app/platform/list-params.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { notFound, requirePermission } from '#app/platform/web.server.ts'
import { PageHead } from '#app/ui/content.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { EmptyState } from '#app/ui/feedback.tsx'
import { SearchField, Select } from '#app/ui/inputs.tsx'
import { Link } from '#app/ui/link.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { Attribution } from '../attribution.tsx'
import { territoryColumns } from '../columns.tsx'
import { territoryHref } from '../labels.ts'
import { EVERYWHERE, listTerritories, territoryRules } from '../list.server.ts'
import { sourcesInForce } from '../sources.server.ts'
import type { Route } from './+types/territories'

export async function loader({ context, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'territory:read')
  const { rules, offered } = await territoryRules(ctx)
  const state = parseListParams(url.searchParams, rules)
  if (!state.ok) throw refused(state.error)
  const found = await listTerritories(ctx, state.value)
  if (found.ok)
    return {
      ...found.value,
      state: state.value,
      offered,
      sources: await sourcesInForce(ctx.db),
      everywhere: EVERYWHERE,
    }
  if (found.error.type === 'not-allowed') throw notFound()
  throw refused(found.error)
}

function refused(error: ListParamsError) {
  const { status, message } = listErrorAnswer(error)
  return data(message, { status })
}

export default function Territories({ loaderData }: Route.ComponentProps) {
  const { rows, total, state, sources } = loaderData
  return (
    <OfficePage wide>
      <title>Territoires</title>
      <PageHead title="Territoires" detail={<Scope {...loaderData} />} />
      <DataTable
        caption="Territoires"
        columns={territoryColumns}
        rows={rows}
        rowKey={({ id }) => id}
        state={state}
        total={total}
        noun={{ one: 'territoire' }}
        exportHref="/bureau/territoires/export"
        filters={<Filters {...loaderData} />}
        empty={
          <EmptyState title="Aucun territoire">
            <p>Les territoires se chargent d’eux-mêmes au démarrage.</p>
          </EmptyState>
        }
      />
      <Attribution sources={sources} />
    </OfficePage>
  )
}

/** What the list is limited to: said, so that nobody takes a part for the whole. */
function Scope({ ownPerimeter, within, everywhere }: Pick<Loaded, 'ownPerimeter' | 'within' | 'everywhere'>) {
  if (within)
    return (
      <>
        Ce qui se trouve, ou s’est trouvé, dans <Link href={territoryHref(within.id)}>{within.title}</Link>.
      </>
    )
  if (ownPerimeter)
    return (
      <>
        Le périmètre du centre, sans ses communes, qui apparaissent dès qu’on les cherche.{' '}
        <Link href={`?departement=${everywhere}`}>Toute la France</Link>
      </>
    )
  return 'Les communes apparaissent dès qu’on les cherche, ou qu’on choisit cette nature.'
}

type Loaded = Route.ComponentProps['loaderData']

function Filters({ state, offered, everywhere }: Pick<Loaded, 'state' | 'offered' | 'everywhere'>) {
  const kept = (name: string) => state.filters[name]?.[0] ?? ''
  const everyone = [{ value: everywhere, label: 'Toute la France' }, ...offered.departements]
  return (
    <>
      {kept('dans') && <input type="hidden" name="dans" value={kept('dans')} />}
      <SearchField
        name="q"
        label="Chercher un territoire"
        placeholder="Nom, code ou ancien nom"
        defaultValue={state.q}
      />
      <Select name="nature" label="Nature" placeholder="Toutes" options={offered.kinds} defaultValue={kept('nature')} />
      <Select
        name="departement"
        label="Département"
        placeholder={offered.hasPerimeter ? 'Périmètre du centre' : 'Tous les départements'}
        options={offered.hasPerimeter ? everyone : offered.departements}
        defaultValue={kept('departement')}
      />
    </>
  )
}
