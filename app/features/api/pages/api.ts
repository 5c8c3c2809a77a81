import { requestContext, webRequest } from '#app/platform/request-context.server.ts'
import { answer } from '../answer.server.ts'
import type { Route } from './+types/api'

export const loader = ({ context, request }: Route.LoaderArgs) =>
  answer(context.get(requestContext), request, context.get(webRequest).ip)

export const action = ({ context, request }: Route.ActionArgs) =>
  answer(context.get(requestContext), request, context.get(webRequest).ip)
