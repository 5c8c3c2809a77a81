import { data, redirect } from 'react-router'
import { z } from 'zod'
import { fields, parseForm } from '#app/platform/forms.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { badRequest, forbidden, idParam, notFound, requirePermission } from '#app/platform/web.server.ts'
import { PageHead } from '#app/ui/content.tsx'
import { EmptyState } from '#app/ui/feedback.tsx'
import { ErrorSummary } from '#app/ui/form-layout.tsx'
import { nb } from '#app/ui/french.ts'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { kinds } from '../kinds.server.ts'
import { MergeList } from '../merge-list.tsx'
import { mergesOf } from '../merges-of.server.ts'
import { entityOf, places } from '../places.ts'
import { sidesOf } from '../sides.server.ts'
import { undoMerge } from '../undo-merge.server.ts'
import type { Route } from './+types/merges'

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'directory:merge')
  const [entity, id] = [entityOf(url), idParam(params.id)]
  const record = (await sidesOf(ctx, entity, [id])).get(id)
  const merges = record && (await mergesOf(ctx, entity, id))
  if (!merges) throw notFound()
  return { entity, id, name: record.name, merges }
}

const input = z.object({ merge: z.uuid(), apart: fields.tick() })

export async function action({ request, context, url }: Route.ActionArgs) {
  const entity = entityOf(url)
  const form = await parseForm(request, input)
  if (!form.ok) throw badRequest('Cette fusion n’existe pas.')
  const { merge: mergeId, apart } = form.value
  const undone = await undoMerge(context.get(requestContext), kinds[entity], { mergeId, apart })
  if (undone.ok) return redirect(`${places[entity].path}/${undone.value.restoredId}?fait=separation`)
  const refused = (sentence: string) => data({ errors: { '': [sentence] } }, { status: 409 })
  switch (undone.error.type) {
    case 'not-allowed':
      throw forbidden()
    case 'not-found':
      throw notFound()
    case 'already-undone':
      return refused('Cette fusion est déjà défaite.')
    case 'kept-merged-since':
      return refused('La fiche gardée a été fusionnée depuis avec une autre : défaites d’abord cette fusion-là.')
    default:
      return undone.error satisfies never
  }
}

export default function Merges({ loaderData: { entity, id, name, merges }, actionData }: Route.ComponentProps) {
  const { path, list } = places[entity]
  return (
    <OfficePage>
      <title>{`Fusions – ${name}`}</title>
      <PageHead
        title="Fusions"
        breadcrumb={[
          { label: list, href: path },
          { label: name, href: `${path}/${id}` },
        ]}
        detail={nb(
          'Défaire une fusion rend les deux fiches telles qu’elles étaient ; ce qui a été ajouté depuis à la fiche gardée y reste.',
        )}
      />
      <ErrorSummary errors={actionData?.errors} labels={{}} />
      {merges.length === 0 ? (
        <EmptyState title="Aucune autre fiche n’a été fusionnée avec celle-ci." />
      ) : (
        <MergeList action={`${path}/${id}/fusions`} merges={merges} />
      )}
    </OfficePage>
  )
}
