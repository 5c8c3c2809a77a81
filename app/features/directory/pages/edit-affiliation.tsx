import { redirect } from 'react-router'
import { requestContext } from '#app/platform/request-context.server.ts'
import { forbidden, idParam, notFound, requirePermission } from '#app/platform/web.server.ts'
import { ConfirmForm } from '#app/ui/confirm-form.tsx'
import { Section } from '#app/ui/content.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { removeAffiliation, updateAffiliation } from '../affiliations.server.ts'
import { personChoices } from '../choices.server.ts'
import { again, readInput, unknownSentence } from '../form-answer.server.ts'
import { keeper } from '../form-labels.ts'
import { situationInput } from '../inputs.server.ts'
import { loadAffiliation } from '../person-record.server.ts'
import { SituationForm } from '../situation-form.tsx'
import { emptySituation } from '../situation-sentences.ts'
import type { Route } from './+types/edit-affiliation'

export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'directory:write')
  const found = await loadAffiliation(ctx, idParam(params.id), idParam(params.affiliationId))
  if (!found) throw notFound()
  const { profiles } = await personChoices(ctx, found.affiliation.profileId)
  return { ...found, profiles }
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const ctx = context.get(requestContext)
  const id = idParam(params.id)
  const found = await loadAffiliation(ctx, id, idParam(params.affiliationId))
  if (!found) throw notFound()
  const ids = { personId: found.affiliation.personId, affiliationId: found.affiliation.id }
  const { values, checked } = await readInput(request, situationInput)
  if (values.intent === 'remove') return remove(ctx, id, ids)
  if (!checked.ok) return again(400, checked.error.errors, values)
  const updated = await updateAffiliation(ctx, ids, checked.value)
  if (updated.ok) return redirect(`/bureau/personnes/${id}#situations`)
  switch (updated.error.type) {
    case 'not-allowed':
      throw forbidden()
    case 'not-found':
      throw notFound()
    case 'empty':
      return again(400, emptySituation, values)
    case 'unknown-reference':
      return again(400, unknownSentence(updated.error), values)
    default:
      return updated.error satisfies never
  }
}

async function remove(
  ctx: Parameters<typeof removeAffiliation>[0],
  id: string,
  ids: Parameters<typeof removeAffiliation>[1],
) {
  const removed = await removeAffiliation(ctx, ids)
  if (!removed.ok) throw removed.error.type === 'not-allowed' ? forbidden() : notFound()
  return redirect(`/bureau/personnes/${id}#situations`)
}

export default function EditAffiliation({
  loaderData: { person, affiliation, profiles },
  actionData,
}: Route.ComponentProps) {
  const recorded = { ...affiliation, organisationName: affiliation.organisation }
  return (
    <OfficePage>
      <title>{`Modifier une situation – ${person.fullName}`}</title>
      <SituationForm
        title="Modifier la situation"
        person={person}
        profiles={profiles}
        keep={keeper(actionData?.values, recorded)}
        errors={actionData?.errors}
      />
      <Section title="Saisie par erreur">
        <p className="soft">
          Une situation qui n’est plus vraie se termine par une date. Retirez-la seulement si elle n’a jamais été vraie.
        </p>
        <ConfirmForm
          label="Retirer cette situation…"
          question={<p>La retirer de la fiche ? Les présences déjà enregistrées ne changent pas.</p>}
          confirmLabel="Retirer"
          values={{ intent: 'remove' }}
        />
      </Section>
    </OfficePage>
  )
}
