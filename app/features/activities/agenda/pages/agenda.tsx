import { data } from 'react-router'
import type { AppContext } from '#app/platform/context.ts'
import { checkPage, listErrorAnswer, listQuery, parseListParams } from '#app/platform/list-params.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { Button } from '#app/ui/button.tsx'
import { EmptyState } from '#app/ui/feedback.tsx'
import { isoDay } from '#app/ui/french.ts'
import { Select } from '#app/ui/inputs.tsx'
import { GetForm, Link } from '#app/ui/link.tsx'
import { Pagination } from '#app/ui/navigation.tsx'
import { modeLabels, optionsOf } from '../../labels.ts'
import { comingActivities, pastActivities } from '../agenda.server.ts'
import { AGENDA_PAGE } from '../filters.ts'
import stylesheet from '../agenda.css?url'
import { AgendaHead, Subscribe } from '../agenda-head.tsx'
import { AgendaByMonth } from '../agenda-list.tsx'
import { agendaChoices, agendaFilter, agendaRules } from '../filter-form.server.ts'
import type { Route } from './+types/agenda'

export const links = () => [{ rel: 'stylesheet', href: stylesheet }]

export async function loader({ context, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const past = url.searchParams.get('quand') === 'passees'
  // the lines are looked for while the choices are read: an unknown choice finds nothing, and is refused just after
  const [choices, found] = await Promise.all([agendaChoices(ctx), linesOf(ctx, past, url.searchParams)])
  const state = parseListParams(url.searchParams, agendaRules(choices, AGENDA_PAGE))
  if (!state.ok) throw refusal(listErrorAnswer(state.error))
  const { lines, total } = found
  const page = checkPage(state.value, lines.length > 0 || state.value.page === 1 ? total : 0)
  if (!page.ok) throw refusal(listErrorAnswer(page.error))
  return { choices, state: state.value, past, lines, total, today: isoDay(ctx.now()) }
}

function linesOf(ctx: AppContext, past: boolean, params: URLSearchParams) {
  const one = (name: string) => [params.get(name)?.trim() ?? ''].filter((value) => /^[\w-]{1,80}$/.test(value))
  const filter = agendaFilter({
    theme: one('theme'),
    type: one('type'),
    departement: one('departement'),
    format: one('format'),
  })
  const page = /^[1-9]\d{0,4}$/.test(params.get('page') ?? '') ? Number(params.get('page')) : 1
  return past ? pastActivities(ctx, filter, page) : comingActivities(ctx, filter, page)
}

const refusal = ({ status, message }: { status: number; message: string }) => data(message, { status })

export default function Agenda({ loaderData }: Route.ComponentProps) {
  const { choices, state, past, lines, total, today } = loaderData
  const filtered = ['theme', 'type', 'departement', 'format'].some((name) => (state.filters[name] ?? []).length > 0)
  const theme = choices.themes.find(({ code }) => code === state.filters.theme?.[0])
  const title = past ? 'Activités passées' : 'Agenda'
  return (
    <div className="wrap agenda-page">
      <title>{title}</title>
      <link rel="alternate" type="application/rss+xml" title="Agenda" href="/agenda.rss" />
      <AgendaHead title={title} today={today} path={past ? '/agenda?quand=passees' : '/agenda'} />
      <FilterForm {...{ choices, state, past, filtered }} />
      {lines.length > 0 ? (
        <div className="stack">
          <AgendaByMonth lines={lines} />
          <Pagination
            page={state.page}
            pageSize={AGENDA_PAGE}
            total={total}
            noun="activités"
            hrefOf={(page) => listQuery(state, { page }, { key: 'date', direction: 'asc' })}
          />
        </div>
      ) : (
        <Nothing {...{ past, filtered }} />
      )}
      <Subscribe theme={theme} />
    </div>
  )
}

type Shown = Route.ComponentProps['loaderData']

const options = (list: readonly { code: string; label: string }[]) =>
  list.map(({ code, label }) => ({ value: code, label }))

const FilterForm = ({
  choices,
  state,
  past,
  filtered,
}: Pick<Shown, 'choices' | 'state' | 'past'> & { filtered: boolean }) => (
  <div className="agenda-filters">
    <GetForm className="filters" role="search" aria-label="Filtrer l’agenda" action="/agenda">
      {past && <input type="hidden" name="quand" value="passees" />}
      <Select
        name="theme"
        label="Thème"
        placeholder="Tous les thèmes"
        options={options(choices.themes)}
        defaultValue={state.filters.theme?.[0]}
      />
      <Select
        name="type"
        label="Type d’activité"
        placeholder="Tous les types"
        options={options(choices.kinds)}
        defaultValue={state.filters.type?.[0]}
      />
      {choices.departements.length > 0 && (
        <Select
          name="departement"
          label="Territoire"
          placeholder="Tous les départements"
          options={options(choices.departements)}
          defaultValue={state.filters.departement?.[0]}
        />
      )}
      <Select
        name="format"
        label="Format"
        placeholder="Sur place ou à distance"
        options={optionsOf(modeLabels)}
        defaultValue={state.filters.format?.[0]}
      />
      <div className="row filters-end">
        <Button type="submit">Filtrer</Button>
        {filtered && <Link href={past ? '/agenda?quand=passees' : '/agenda'}>Tout voir</Link>}
      </div>
    </GetForm>
  </div>
)

const Nothing = ({ past, filtered }: { past: boolean; filtered: boolean }) => (
  <EmptyState
    title={filtered ? 'Rien ne correspond à ce choix' : past ? 'Rien encore' : 'Rien n’est annoncé pour l’instant'}
  >
    {filtered ? (
      <p>
        Essayez un autre thème ou un autre territoire, ou{' '}
        <Link href={past ? '/agenda?quand=passees' : '/agenda'}>voyez tout l’agenda</Link>.
      </p>
    ) : past ? (
      <p>Les activités terminées se retrouveront ici.</p>
    ) : (
      <p>
        Les prochaines activités s’afficheront ici dès leur publication. Celles de l’année passée restent{' '}
        <Link href="/agenda?quand=passees">consultables</Link>.
      </p>
    )}
  </EmptyState>
)
