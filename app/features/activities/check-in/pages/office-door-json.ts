import { requestContext } from '#app/platform/request-context.server.ts'
import { idParam } from '#app/platform/web.server.ts'
import { answerGestures, answerReading } from '../door-answers.server.ts'
import type { Route } from './+types/office-door-json'

export const loader = ({ context, params, request }: Route.LoaderArgs) =>
  answerReading(context.get(requestContext), { kind: 'office', activityId: idParam(params.id) }, request)

export const action = ({ context, params, request }: Route.ActionArgs) =>
  answerGestures(context.get(requestContext), { kind: 'office', activityId: idParam(params.id) }, request)
