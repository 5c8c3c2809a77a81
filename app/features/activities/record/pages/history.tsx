import { requestContext } from '#app/platform/request-context.server.ts'
import { idParam, notFound } from '#app/platform/web.server.ts'
import { Timeline } from '#app/ui/content.tsx'
import { EmptyState } from '#app/ui/feedback.tsx'
import { Moment } from '#app/ui/fr.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { activityHead } from '../activity-head.server.ts'
import { ActivityPageHead } from '../activity-tabs.tsx'
import { historyOf } from '../history.server.ts'
import type { Route } from './+types/history'

export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const id = idParam(params.id)
  const head = await activityHead(ctx, id)
  const history = await historyOf(ctx, id)
  if (!head || !history) throw notFound('Cette activité n’existe pas.')
  return { head, history }
}

export default function History({ loaderData: { head, history } }: Route.ComponentProps) {
  return (
    <OfficePage>
      <ActivityPageHead head={head} part="Historique" />
      {history.length === 0 ? (
        <EmptyState title="Rien à raconter encore">
          <p>Chaque changement de cette activité sera noté ici, avec son auteur et sa date.</p>
        </EmptyState>
      ) : (
        <Timeline entries={history.map(({ at, ...entry }) => ({ ...entry, when: <Moment date={at} /> }))} />
      )}
    </OfficePage>
  )
}
