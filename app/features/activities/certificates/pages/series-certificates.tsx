import { requestContext } from '#app/platform/request-context.server.ts'
import { idParam, notFound } from '#app/platform/web.server.ts'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { readSeries } from '../../cycles/read-series.server.ts'
import { SeriesHead } from '../../cycles/series-tabs.tsx'
import { CertificatesView } from '../certificates-view.tsx'
import { certificatesAction, certificatesPage } from '../page-data.server.ts'
import type { Route } from './+types/series-certificates'

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const id = idParam(params.id)
  const series = await readSeries(ctx, id)
  if (!series) throw notFound('Cette série n’existe pas.')
  return { series, page: await certificatesPage(ctx, { kind: 'series', id }, url) }
}

export const action = ({ context, params, request }: Route.ActionArgs) =>
  certificatesAction(context.get(requestContext), { kind: 'series', id: idParam(params.id) }, request)

export default function SeriesCertificates({ loaderData: { series, page }, actionData }: Route.ComponentProps) {
  return (
    <OfficePage>
      <SeriesHead series={series} part="Attestations" />
      <CertificatesView {...page} said={actionData?.sentence} />
    </OfficePage>
  )
}
