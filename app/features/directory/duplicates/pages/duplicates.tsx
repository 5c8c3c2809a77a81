import '../duplicates.css'
import { data, redirect } from 'react-router'
import { z } from 'zod'
import { parseForm } from '#app/platform/forms.server.ts'
import { listErrorAnswer, listQuery, parseListParams } from '#app/platform/list-params.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { forbidden, notFound, requirePermission } from '#app/platform/web.server.ts'
import { PageHead } from '#app/ui/content.tsx'
import { Notice } from '#app/ui/feedback.tsx'
import { nb } from '#app/ui/french.ts'
import { Fr } from '#app/ui/fr.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { decide } from '../decide.server.ts'
import { CertainPairs } from '../certain-pairs.tsx'
import { MERGED_AT_ONCE } from '../merge-certain.server.ts'
import { PairList } from '../pair-list.tsx'
import { listPairs, pairRules } from '../pairs.server.ts'
import { entityOf, places } from '../places.ts'
import { SearchPanel } from '../search-panel.tsx'
import { searchState } from '../search.server.ts'
import type { Route } from './+types/duplicates'

export async function loader({ context, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'directory:merge')
  const entity = entityOf(url)
  const state = parseListParams(url.searchParams, pairRules(entity))
  if (!state.ok) throw refused(listErrorAnswer(state.error))
  const found = await listPairs(ctx, entity, state.value)
  if (found.ok)
    return {
      entity,
      state: state.value,
      ...found.value,
      search: await searchState(ctx, entity),
      atOnce: MERGED_AT_ONCE,
    }
  if (found.error.type === 'not-allowed') throw notFound()
  // the last pair of the last page has just been decided
  if (found.error.type === 'page-out-of-range' && state.value.page === found.error.last + 1)
    throw redirect(url.pathname + listQuery(state.value, { page: found.error.last }, pairRules(entity).defaultSort))
  throw refused(listErrorAnswer(found.error))
}

const refused = ({ status, message }: { status: number; message: string }) => data(message, { status })

const pair = { one: z.uuid(), other: z.uuid() }
const input = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('merge'), ...pair, kept: z.uuid('Choisissez la fiche à garder.') }),
  z.object({ intent: z.literal('apart'), ...pair }),
  z.object({ intent: z.literal('again'), ...pair }),
  z.object({ intent: z.literal('certain'), count: z.coerce.number().int().min(1).max(1_000_000) }),
  z.object({ intent: z.literal('search') }),
])

export async function action({ request, context, url }: Route.ActionArgs) {
  const form = await parseForm(request, input)
  if (!form.ok)
    return data({ done: null, error: 'Ce choix n’est pas complet : choisissez la fiche à garder.' }, { status: 400 })
  const decided = await decide(context.get(requestContext), entityOf(url), form.value)
  if (decided.ok) return data({ done: decided.value, error: null })
  if (decided.error.status === 403) throw forbidden()
  return data({ done: null, error: decided.error.sentence }, { status: decided.error.status })
}

export default function Duplicates({ loaderData, actionData }: Route.ComponentProps) {
  const { entity, state, pairs, total, counts, search, atOnce } = loaderData
  const { path, list } = places[entity]
  return (
    <OfficePage>
      <title>{`Doublons – ${list}`}</title>
      <PageHead
        title="Doublons"
        breadcrumb={[{ label: list, href: path }]}
        detail={nb(
          'Les fiches qui se ressemblent, les plus sûres d’abord. Rien n’est fusionné sans vous, et une fusion se défait.',
        )}
      />
      {actionData?.done && <Notice tone="good" title={nb(actionData.done)} />}
      {actionData?.error && (
        <Notice tone="bad" title="Rien n’a été changé">
          <Fr>{actionData.error}</Fr>
        </Notice>
      )}
      <SearchPanel search={search} />
      {counts.certain > 0 && <CertainPairs count={counts.certain} atOnce={atOnce} entity={entity} />}
      <PairList
        entity={entity}
        state={state}
        pairs={pairs}
        total={total}
        counts={counts}
        searched={search.endedAt !== null}
      />
    </OfficePage>
  )
}
