import { data } from 'react-router'
import { can } from '#app/platform/context.ts'
import { listErrorAnswer, listQuery, type ListParamsError, parseListParams } from '#app/platform/list-params.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { notFound, requirePermission } from '#app/platform/web.server.ts'
import { buttonClass, LinkButton } from '#app/ui/button.tsx'
import { PageHead } from '#app/ui/content.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { EmptyState, Notice } from '#app/ui/feedback.tsx'
import { nb } from '#app/ui/french.ts'
import { Fr } from '#app/ui/fr.tsx'
import { SearchField, Select } from '#app/ui/inputs.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { peopleColumns } from '../columns.tsx'
import { consentLabels } from '../labels.ts'
import { listPeople, peopleRules } from '../people-list.server.ts'
import type { Route } from './+types/people'

export async function loader({ context, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'directory:read')
  const { rules, offered } = await peopleRules(ctx)
  const state = parseListParams(url.searchParams, rules)
  if (!state.ok) throw refused(state.error)
  const found = await listPeople(ctx, state.value)
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

const addresses = [
  { value: 'avec', label: 'Avec adresse' },
  { value: 'sans', label: 'Sans adresse' },
]

export default function People({ loaderData: { rows, total, near, state, offered, may } }: Route.ComponentProps) {
  const cards = listQuery(state, { page: 1 }).replace(/^\?$/, '')
  const add = (
    <LinkButton href="/bureau/personnes/nouvelle" look="primary">
      Ajouter une personne
    </LinkButton>
  )
  return (
    <OfficePage wide>
      <title>Personnes</title>
      <PageHead
        title="Personnes"
        actions={
          <>
            {may.export && total > 0 && (
              <a className={buttonClass({ look: 'plain' })} href={`/bureau/personnes/export.vcf${cards}`} download>
                Carnet d’adresses
              </a>
            )}
            {may.merge && <LinkButton href="/bureau/personnes/doublons">Doublons</LinkButton>}
            {may.write && add}
          </>
        }
      />
      {near && <Near text={state.q} />}
      <DataTable
        caption="Personnes de l’annuaire"
        columns={peopleColumns}
        rows={rows}
        rowKey={(person) => person.id}
        state={state}
        total={total}
        noun={{ one: 'personne' }}
        exportHref={may.export ? '/bureau/personnes/export' : undefined}
        filters={<Filters state={state} offered={offered} />}
        empty={
          <EmptyState title="L’annuaire est vide" action={may.write && add}>
            <p>Les personnes y entrent d’elles-mêmes en s’inscrivant à une activité, ou quand vous les ajoutez.</p>
          </EmptyState>
        }
      />
    </OfficePage>
  )
}

const Near = ({ text }: { text: string }) => (
  <Notice title={nb(`Personne ne répond exactement à « ${text} »`)}>
    <Fr>Voici les noms qui s’en approchent.</Fr>
  </Notice>
)

type Data = Route.ComponentProps['loaderData']

function Filters({ state: { q, filters }, offered }: Pick<Data, 'state' | 'offered'>) {
  const kept = (name: string) => filters[name]?.[0] ?? ''
  return (
    <>
      <SearchField
        name="q"
        label="Chercher une personne"
        placeholder="Nom, adresse, téléphone, organisation"
        defaultValue={q}
      />
      <Select
        name="famille"
        label="Profil"
        placeholder="Tous les profils"
        options={offered.families}
        defaultValue={kept('famille')}
      />
      <Select
        name="departement"
        label="Département"
        placeholder="Tous les départements"
        options={offered.departements}
        defaultValue={kept('departement')}
      />
      <Select
        name="type"
        label="Type d’organisation"
        placeholder="Toutes les organisations"
        options={offered.kinds}
        defaultValue={kept('type')}
      />
      <Select
        name="consentement"
        label="Consentement donné"
        placeholder="Peu importe"
        options={Object.entries(consentLabels).map(([value, label]) => ({ value, label }))}
        defaultValue={kept('consentement')}
      />
      <Select
        name="adresse"
        label="Adresse électronique"
        placeholder="Peu importe"
        options={addresses}
        defaultValue={kept('adresse')}
      />
    </>
  )
}
