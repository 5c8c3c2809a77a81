import { data } from 'react-router'
import { can } from '#app/platform/context.ts'
import { listErrorAnswer, type ListParamsError, parseListParams } from '#app/platform/list-params.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { notFound, requirePermission } from '#app/platform/web.server.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { PageHead } from '#app/ui/content.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { EmptyState, Notice } from '#app/ui/feedback.tsx'
import { nb } from '#app/ui/french.ts'
import { SearchField, Select } from '#app/ui/inputs.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { organisationColumns } from '../columns.tsx'
import { listOrganisations, organisationsRules } from '../organisations-list.server.ts'
import type { Route } from './+types/organisations'

export async function loader({ context, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'directory:read')
  const { rules, offered } = await organisationsRules(ctx)
  const state = parseListParams(url.searchParams, rules)
  if (!state.ok) throw refused(state.error)
  const found = await listOrganisations(ctx, state.value)
  if (!found.ok) {
    if (found.error.type === 'not-allowed') throw notFound()
    throw refused(found.error)
  }
  const may = {
    write: can(ctx.actor, 'directory:write'),
    export: can(ctx.actor, 'directory:export'),
    merge: can(ctx.actor, 'directory:merge'),
  }
  return { ...found.value, state: state.value, offered, may }
}

function refused(error: ListParamsError) {
  const { status, message } = listErrorAnswer(error)
  return data(message, { status })
}

export default function Organisations({
  loaderData: { rows, total, near, state, offered, may },
}: Route.ComponentProps) {
  const add = (
    <LinkButton href="/bureau/organisations/nouvelle" look="primary">
      Ajouter une organisation
    </LinkButton>
  )
  return (
    <OfficePage wide>
      <title>Organisations</title>
      <PageHead
        title="Organisations"
        actions={
          <>
            {may.merge && <LinkButton href="/bureau/organisations/doublons">Doublons</LinkButton>}
            {may.write && add}
          </>
        }
      />
      {near && (
        <Notice title={nb(`Aucune organisation ne répond exactement à « ${state.q} »`)}>
          Voici les noms qui s’en approchent.
        </Notice>
      )}
      <DataTable
        caption="Organisations de l’annuaire"
        columns={organisationColumns}
        rows={rows}
        rowKey={(organisation) => organisation.id}
        state={state}
        total={total}
        noun={{ one: 'organisation' }}
        exportHref={may.export ? '/bureau/organisations/export' : undefined}
        filters={<Filters state={state} offered={offered} />}
        empty={
          <EmptyState title="Aucune organisation encore" action={may.write && add}>
            <p>Communes, associations, bailleurs, services de l’État : ceux avec qui le centre travaille.</p>
          </EmptyState>
        }
      />
    </OfficePage>
  )
}

type Data = Route.ComponentProps['loaderData']

function Filters({ state: { q, filters }, offered }: Pick<Data, 'state' | 'offered'>) {
  const kept = (name: string) => filters[name]?.[0] ?? ''
  return (
    <>
      <SearchField name="q" label="Chercher une organisation" placeholder="Nom, sigle ou SIRET" defaultValue={q} />
      <Select
        name="type"
        label="Type"
        placeholder="Tous les types"
        options={offered.kinds}
        defaultValue={kept('type')}
      />
      <Select
        name="departement"
        label="Département"
        placeholder="Tous les départements"
        options={offered.departements}
        defaultValue={kept('departement')}
      />
      <Select
        name="adresse"
        label="Adresse électronique"
        placeholder="Peu importe"
        options={[
          { value: 'avec', label: 'Avec adresse' },
          { value: 'sans', label: 'Sans adresse' },
        ]}
        defaultValue={kept('adresse')}
      />
    </>
  )
}
