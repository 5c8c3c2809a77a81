import { data, redirect } from 'react-router'
import { fields, parseForm } from '#app/platform/forms.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { idParam, notFound } from '#app/platform/web.server.ts'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { z } from 'zod'
import { activityHead } from '../../record/activity-head.server.ts'
import { ActivityPageHead } from '../../record/activity-tabs.tsx'
import stylesheet from '../check-in.css?url'
import { DoorLinksView } from '../door-links-view.tsx'
import { doorLinks, makeDoorLink, type MakeDoorLinkError, MOST_LINKS, revokeDoorLink } from '../links.server.ts'
import { drawQr } from '../qr.server.ts'
import type { Route } from './+types/door-links'

export const links = () => [{ rel: 'stylesheet', href: stylesheet }]

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const id = idParam(params.id)
  const [head, links] = [await activityHead(ctx, id), await doorLinks(ctx, id)]
  if (!head || !links) throw notFound()
  return {
    head,
    links: links.map((link) => ({ ...link, qr: link.address ? drawQr(link.address) : null })),
    made: url.searchParams.get('lien'),
  }
}

const form = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('confier'), nom: fields.line(80, 'Dites à qui, ou à quel appareil, vous le confiez.') }),
  z.object({ intent: z.literal('retirer'), lien: z.uuid() }),
])

export async function action({ context, params, request }: Route.ActionArgs) {
  const ctx = context.get(requestContext)
  const activityId = idParam(params.id)
  const page = `/bureau/activites/${activityId}/presence/accueil`
  const read = await parseForm(request, form)
  if (!read.ok) return data(read.error, { status: 400 })
  if (read.value.intent === 'retirer') {
    const revoked = await revokeDoorLink(ctx, { activityId, linkId: read.value.lien })
    if (revoked.ok) return redirect(page)
    if (revoked.error.type === 'not-allowed') throw notFound()
    return data({ errors: { '': ['Ce lien était déjà retiré.'] }, values: {} }, { status: 409 })
  }
  const made = await makeDoorLink(ctx, { activityId, label: read.value.nom })
  if (made.ok) return redirect(`${page}?lien=${made.value.linkId}`)
  return data({ errors: { nom: [sentenceOf(made.error)] }, values: { nom: read.value.nom } }, { status: 409 })
}

function sentenceOf({ type }: MakeDoorLinkError): string {
  switch (type) {
    case 'not-allowed':
    case 'no-such-activity':
      throw notFound()
    case 'activity-cancelled':
      return 'Cette activité est annulée\u202f: personne n’y est accueilli.'
    case 'over':
      return 'La journée de cette activité est finie\u202f: pointez depuis la feuille de présence.'
    case 'too-many':
      return `${MOST_LINKS} liens sont ouverts\u202f: retirez-en un.`
    default:
      return type satisfies never
  }
}

export default function DoorLinks({ loaderData: { head, links, made }, actionData }: Route.ComponentProps) {
  return (
    <OfficePage>
      <ActivityPageHead head={head} part="Présence" />
      <DoorLinksView
        activityId={head.id}
        {...{ links, made }}
        errors={actionData?.errors}
        values={actionData?.values}
      />
    </OfficePage>
  )
}
