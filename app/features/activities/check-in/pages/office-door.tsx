import { requestContext } from '#app/platform/request-context.server.ts'
import { idParam, requireSession } from '#app/platform/web.server.ts'
import stylesheet from '../check-in.css?url'
import { doorHeaders, doorRefusal } from '../door-answers.server.ts'
import { readDoorHead } from '../door-head.server.ts'
import { DoorScreen } from '../door-screen.tsx'
import type { Route } from './+types/office-door'

export const middleware: Route.MiddlewareFunction[] = [requireSession]
export const links = () => [{ rel: 'stylesheet', href: stylesheet }]
export const headers = () => doorHeaders
/** The page keeps its own list: nothing of this one is read again. */
export const shouldRevalidate = () => false

export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const activityId = idParam(params.id)
  const head = await readDoorHead(ctx, { kind: 'office', activityId })
  if (!head.ok) throw doorRefusal(head.error)
  return { head: head.value, base: `/bureau/activites/${activityId}` }
}

export default function OfficeDoor({ loaderData: { head, base } }: Route.ComponentProps) {
  return <DoorScreen head={head} source={`${base}/accueil.json`} back={`${base}/presence`} />
}
