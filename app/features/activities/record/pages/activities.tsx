import { data } from 'react-router'
import { can } from '#app/platform/context.ts'
import { listErrorAnswer, parseListParams } from '#app/platform/list-params.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { notFound, requirePermission } from '#app/platform/web.server.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { PageHead } from '#app/ui/content.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { EmptyState } from '#app/ui/feedback.tsx'
import { SearchField, Select } from '#app/ui/inputs.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { useShortcuts } from '#app/ui/client/shortcuts.ts'
import { modeLabels, optionsOf, roleLabels, scaleLabels, statusLabels } from '../../labels.ts'
import { activityColumns } from '../columns.tsx'
import { listActivities, listChoices, listRules } from '../list.server.ts'
import type { Route } from './+types/activities'
import '../record.css'

export async function loader({ context, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'activities:read')
  const choices = await listChoices(ctx)
  const state = parseListParams(url.searchParams, listRules(choices))
  if (!state.ok) throw refused(state.error)
  const list = await listActivities(ctx, state.value)
  if (!list) throw notFound()
  if (!list.ok) throw refused(list.error)
  return { ...list.value, state: state.value, choices, mayWrite: can(ctx.actor, 'activities:write') }
}

function refused(error: Parameters<typeof listErrorAnswer>[0]) {
  const { status, message } = listErrorAnswer(error)
  return data(message, { status })
}

export default function Activities({ loaderData }: Route.ComponentProps) {
  const { rows, total, state, choices, mayWrite } = loaderData
  useShortcuts()
  const create = mayWrite && (
    <LinkButton href="/bureau/activites/nouvelle" look="quiet">
      Nouvelle activité
    </LinkButton>
  )
  return (
    <OfficePage wide>
      <title>Activités</title>
      <PageHead title="Activités" actions={<LinkButton href="/bureau/series">Séries</LinkButton>} />
      <DataTable
        caption="Activités"
        columns={activityColumns}
        rows={rows}
        rowKey={({ id }) => id}
        state={state}
        total={total}
        noun={{ one: 'activité' }}
        exportHref="/bureau/activites/export"
        filters={<Filters state={state} choices={choices} />}
        empty={
          <EmptyState title="Aucune activité pour l’instant" action={create}>
            <p>
              Ici se tiendra tout ce que l’équipe fait avec d’autres : séminaires, webinaires, réunions de réseau,
              appuis. Une activité passée se saisit en une minute.
            </p>
          </EmptyState>
        }
      />
    </OfficePage>
  )
}

type FiltersProps = Pick<Route.ComponentProps['loaderData'], 'state' | 'choices'>

const rare = ['responsable', 'format', 'role', 'echelle', 'departement']

const Filters = ({ state, choices }: FiltersProps) => {
  const select = (name: string, label: string, placeholder: string, options: { value: string; label: string }[]) => (
    <Select
      key={`${name}-${state.filters[name]?.[0] ?? ''}`}
      name={name}
      label={label}
      placeholder={placeholder}
      options={options}
      defaultValue={state.filters[name]?.[0] ?? ''}
    />
  )
  return (
    <>
      <SearchField name="q" label="Chercher une activité" placeholder="Titre ou lieu" defaultValue={state.q} />
      {select('annee', 'Année', 'Toutes', choices.years)}
      {select('type', 'Type', 'Tous', choices.kinds)}
      {select('theme', 'Thème', 'Tous', choices.themes)}
      {select('etat', 'État', 'Tous', optionsOf(statusLabels))}
      <details className="more" open={rare.some((name) => (state.filters[name]?.length ?? 0) > 0)}>
        <summary className="small">Autres filtres</summary>
        <div className="when-line">
          {select('responsable', 'Responsable', 'Tous', choices.leads)}
          {select('format', 'Format', 'Tous', optionsOf(modeLabels))}
          {select('role', 'Rôle du centre', 'Tous', optionsOf(roleLabels))}
          {select('echelle', 'Échelle', 'Toutes', optionsOf(scaleLabels))}
          {select('departement', 'Département', 'Tous', choices.departements)}
        </div>
      </details>
    </>
  )
}
