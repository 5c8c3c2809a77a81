import { linkRefusal } from '../own/refusal.server.ts'
import { personalDataSources } from '#app/platform/personal-data.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { readOwnData } from '../own/own-data.server.ts'
import { jsonAnswer } from '../person/collect.server.ts'
import type { Route } from './+types/own-data-json'

export async function loader({ context, params }: Route.LoaderArgs) {
  const [ctx, sources] = [context.get(requestContext), context.get(personalDataSources)]
  const own = await readOwnData(ctx, sources, params.token, { taken: true })
  if (!own.ok) throw linkRefusal(own.error)
  return jsonAnswer(own.value)
}
