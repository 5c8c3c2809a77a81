import { requestContext } from '#app/platform/request-context.server.ts'
import stylesheet from '../check-in.css?url'
import { doorHeaders, doorRefusal } from '../door-answers.server.ts'
import { readDoorHead } from '../door-head.server.ts'
import { DoorScreen } from '../door-screen.tsx'
import type { Route } from './+types/link-door'

export const links = () => [{ rel: 'stylesheet', href: stylesheet }]
export const headers = () => doorHeaders
export const shouldRevalidate = () => false

/** Held by somebody without an account: the link is signed for this activity, until the end of its day. */
export async function loader({ context, params }: Route.LoaderArgs) {
  const head = await readDoorHead(context.get(requestContext), { kind: 'link', token: params.token })
  if (!head.ok) throw doorRefusal(head.error)
  return { head: head.value, source: `/accueil/${params.token}/liste.json` }
}

export default function LinkDoor({ loaderData: { head, source } }: Route.ComponentProps) {
  return <DoorScreen head={head} source={source} />
}
