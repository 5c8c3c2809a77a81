import { requestContext } from '#app/platform/request-context.server.ts'
import { describeApi } from '../openapi.server.ts'
import type { Route } from './+types/openapi-json'

/** The description tells nothing of anybody: whoever writes a program may read it without a key. */
export const loader = ({ context }: Route.LoaderArgs) =>
  Response.json(describeApi(context.get(requestContext).baseUrl), {
    headers: { 'content-type': 'application/vnd.oai.openapi+json;version=3.1', 'cache-control': 'public, max-age=300' },
  })
