import { redirect } from 'react-router'
import { requestContext } from '#app/platform/request-context.server.ts'
import { forbidden, idParam, notFound, requirePermission } from '#app/platform/web.server.ts'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { addAffiliation } from '../affiliations.server.ts'
import { personChoices } from '../choices.server.ts'
import { again, readInput, unknownSentence } from '../form-answer.server.ts'
import { keeper } from '../form-labels.ts'
import { situationInput } from '../inputs.server.ts'
import { personFacts } from '../person-record.server.ts'
import { SituationForm } from '../situation-form.tsx'
import { emptySituation } from '../situation-sentences.ts'
import { today } from '../today.server.ts'
import type { Route } from './+types/new-affiliation'

export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'directory:write')
  const person = await personFacts(ctx, idParam(params.id))
  if (!person) throw notFound()
  const { profiles } = await personChoices(ctx)
  return { person, profiles, start: { validFrom: today(ctx) } }
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const id = idParam(params.id)
  const { values, checked } = await readInput(request, situationInput)
  if (!checked.ok) return again(400, checked.error.errors, values)
  const added = await addAffiliation(context.get(requestContext), id, checked.value)
  if (added.ok) return redirect(`/bureau/personnes/${id}#situations`)
  switch (added.error.type) {
    case 'not-allowed':
      throw forbidden()
    case 'not-found':
      throw notFound()
    case 'empty':
      return again(400, emptySituation, values)
    case 'unknown-reference':
      return again(400, unknownSentence(added.error), values)
    default:
      return added.error satisfies never
  }
}

export default function NewAffiliation({ loaderData: { person, profiles, start }, actionData }: Route.ComponentProps) {
  return (
    <OfficePage>
      <title>{`Nouvelle situation – ${person.fullName}`}</title>
      <SituationForm
        title="Nouvelle situation"
        person={person}
        profiles={profiles}
        keep={keeper(actionData?.values, start)}
        errors={actionData?.errors}
      />
    </OfficePage>
  )
}
