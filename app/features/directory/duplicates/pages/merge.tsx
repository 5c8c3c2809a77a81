import { data, Form, redirect } from 'react-router'
import { z } from 'zod'
import { parseForm } from '#app/platform/forms.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { forbidden, idParam, notFound, requirePermission } from '#app/platform/web.server.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { RadioGroup } from '#app/ui/choices.tsx'
import { PageHead, Section } from '#app/ui/content.tsx'
import { Notice } from '#app/ui/feedback.tsx'
import { ErrorSummary, FormActions } from '#app/ui/form-layout.tsx'
import { nb } from '#app/ui/french.ts'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { fieldLabels } from '../../labels.ts'
import { compareRecords } from '../compare.server.ts'
import { FieldChoices } from '../field-choices.tsx'
import { readChoices } from '../choices-form.server.ts'
import { kinds } from '../kinds.server.ts'
import { mergeRecords } from '../merge-records.server.ts'
import { OtherRecord } from '../other-record.tsx'
import { entityOf, places } from '../places.ts'
import { SidesTable } from '../sides-table.tsx'
import type { Route } from './+types/merge'

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'directory:merge')
  const entity = entityOf(url)
  const asked = url.searchParams.get('avec') || null
  const comparison = await compareRecords(ctx, entity, idParam(params.id), asked && idParam(asked))
  if (!comparison) throw notFound()
  if (comparison.mergedIntoId) throw redirect(`${places[entity].path}/${comparison.mergedIntoId}`)
  return { entity, ...comparison }
}

const input = z
  .object({ other: z.uuid('Choisissez l’autre fiche.'), kept: z.uuid('Choisissez la fiche à garder.') })
  .catchall(z.union([z.string(), z.array(z.string())]))

export async function action({ request, context, params, url }: Route.ActionArgs) {
  const [id, entity] = [idParam(params.id), entityOf(url)]
  const form = await parseForm(request, input)
  if (!form.ok) return data({ errors: form.error.errors }, { status: 400 })
  const { other, kept, ...rest } = form.value
  if (kept !== id && kept !== other)
    return data({ errors: { kept: ['Choisissez une des deux fiches.'] } }, { status: 400 })
  const droppedId = kept === id ? other : id
  const choices = readChoices(kinds[entity], { keptId: kept, droppedId }, rest)
  if (!choices.ok) return data({ errors: { [choices.error]: ['Ce choix n’existe pas.'] } }, { status: 400 })
  const ctx = context.get(requestContext)
  const merged = await mergeRecords(ctx, kinds[entity], { keptId: kept, droppedId, choices: choices.value })
  if (merged.ok) return redirect(`${places[entity].path}/${kept}?fait=fusion`)
  switch (merged.error.type) {
    case 'not-allowed':
      throw forbidden()
    case 'not-found':
      throw notFound()
    case 'same-record':
      return data({ errors: { '': ['Une fiche ne se fusionne pas avec elle-même.'] } }, { status: 409 })
    case 'already-merged': {
      const sentence = 'Une de ces fiches a déjà été fusionnée. Rouvrez celle qui a été gardée.'
      return data({ errors: { '': [sentence] } }, { status: 409 })
    }
    default:
      return merged.error satisfies never
  }
}

export default function Merge({ loaderData: { entity, one, other, twins }, actionData }: Route.ComponentProps) {
  const { path, list, intro } = places[entity]
  const errors: Record<string, string[] | undefined> = actionData?.errors ?? {}
  return (
    <OfficePage>
      <title>{`Fusionner – ${one.name}`}</title>
      <PageHead
        title="Fusionner deux fiches"
        breadcrumb={[
          { label: list, href: path },
          { label: one.name, href: `${path}/${one.id}` },
        ]}
        detail={nb(intro)}
      />
      <ErrorSummary
        errors={actionData?.errors}
        labels={{ ...fieldLabels, kept: 'Fiche à garder', other: 'Autre fiche' }}
      />
      {other ? (
        <Form method="post" className="stack" noValidate>
          {other.apart && (
            <Notice tone="warn" title={nb('On a dit que ces deux fiches n’étaient pas les mêmes')}>
              Vérifiez avant de les fusionner.
            </Notice>
          )}
          <input type="hidden" name="other" value={other.side.id} />
          <SidesTable path={path} sides={[one, other.side]} />
          <RadioGroup
            name="kept"
            label={nb('Quelle fiche garder ?')}
            hint={nb('Ce qui lui manque est repris de l’autre ; l’autre mène à elle.')}
            options={[one, other.side].map((side, i) => ({
              value: side.id,
              label: side.name,
              hint: i === 0 ? 'première fiche' : 'deuxième fiche',
            }))}
            defaultValue={one.id}
            errors={errors.kept}
          />
          {other.differences.length > 0 && (
            <Section title="Champ par champ">
              <FieldChoices ids={[one.id, other.side.id]} differences={other.differences} errors={errors} />
            </Section>
          )}
          <FormActions>
            <SubmitButton pendingLabel="Fusion…">Fusionner les deux fiches</SubmitButton>
            <LinkButton href={`${path}/${one.id}`} look="plain">
              Annuler
            </LinkButton>
          </FormActions>
        </Form>
      ) : (
        <OtherRecord entity={entity} id={one.id} twins={twins} />
      )}
    </OfficePage>
  )
}
