import { can } from '#app/platform/context.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { idParam, notFound } from '#app/platform/web.server.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { EmptyState } from '#app/ui/feedback.tsx'
import { KeyFigures } from '#app/ui/figure.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { cycleFigures } from '../assiduity-list.server.ts'
import { CycleFacts, keyFiguresOf } from '../cycle-facts.tsx'
import { readSeries, stepsOf } from '../read-series.server.ts'
import { stepColumns } from '../series-columns.tsx'
import { SeriesHead } from '../series-tabs.tsx'
import type { Route } from './+types/series'

export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const id = idParam(params.id)
  const series = await readSeries(ctx, id)
  if (!series) throw notFound('Cette série n’existe pas.')
  return {
    series,
    steps: await stepsOf(ctx, id),
    figures: await cycleFigures(ctx, series),
    mayWrite: can(ctx.actor, 'activities:write'),
  }
}

export default function SeriesPage({ loaderData: { series, steps, figures, mayWrite } }: Route.ComponentProps) {
  return (
    <OfficePage>
      <SeriesHead
        series={series}
        actions={mayWrite && <LinkButton href={`/bureau/series/${series.id}/modifier`}>Modifier</LinkButton>}
      />
      <KeyFigures label="Où en est la série" items={keyFiguresOf(series, figures)} />
      <CycleFacts series={series} />
      <DataTable
        caption="Activités de la série, dans l’ordre"
        columns={stepColumns}
        rows={steps}
        rowKey={({ id }) => id}
        noun={{ one: 'activité' }}
        empty={
          <EmptyState title="Aucune activité dans cette série">
            <p>Choisissez cette série dans la fiche d’une activité.</p>
          </EmptyState>
        }
      />
    </OfficePage>
  )
}
