import { personalDataSources } from '#app/platform/personal-data.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { idParam, notFound } from '#app/platform/web.server.ts'
import { jsonAnswer, readPersonData } from '../person/collect.server.ts'
import type { Route } from './+types/person-data-json'

export async function loader({ context, params }: Route.LoaderArgs) {
  const [ctx, sources] = [context.get(requestContext), context.get(personalDataSources)]
  const read = await readPersonData(ctx, sources, idParam(params.id), { taken: true })
  if (!read.ok) throw notFound()
  return jsonAnswer(read.value)
}
