import { data, Form, redirect } from 'react-router'
import { z } from 'zod'
import { parseForm } from '#app/platform/forms.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { forbidden, idParam, notFound, requirePermission } from '#app/platform/web.server.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { RadioGroup } from '#app/ui/choices.tsx'
import { Combobox } from '#app/ui/client/combobox.tsx'
import { PageHead, Section } from '#app/ui/content.tsx'
import { ErrorSummary, FormActions } from '#app/ui/form-layout.tsx'
import { nb } from '#app/ui/french.ts'
import { GetForm, Link } from '#app/ui/link.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { mergeChoice } from '../merge-choice.server.ts'
import { mergePeople } from '../merge-people.server.ts'
import { MergeTable } from '../merge-table.tsx'
import type { Route } from './+types/merge-person'

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'directory:merge')
  const asked = url.searchParams.get('avec') || null
  const choice = await mergeChoice(ctx, idParam(params.id), asked && idParam(asked))
  if (!choice) throw notFound()
  if (choice.one.person.mergedIntoId) throw redirect(`/bureau/personnes/${choice.one.person.mergedIntoId}`)
  return choice
}

const input = z.object({ other: z.uuid('Choisissez l’autre fiche.'), kept: z.uuid('Choisissez la fiche à garder.') })

export async function action({ request, context, params }: Route.ActionArgs) {
  const id = idParam(params.id)
  const form = await parseForm(request, input)
  if (!form.ok) return data({ errors: form.error.errors }, { status: 400 })
  const { other, kept } = form.value
  if (kept !== id && kept !== other)
    return data({ errors: { kept: ['Choisissez une des deux fiches.'] } }, { status: 400 })
  const merged = await mergePeople(context.get(requestContext), { keptId: kept, droppedId: kept === id ? other : id })
  if (merged.ok) return redirect(`/bureau/personnes/${kept}?fait=fusion`)
  switch (merged.error.type) {
    case 'not-allowed':
      throw forbidden()
    case 'not-found':
      throw notFound()
    case 'same-person':
      return data({ errors: { '': ['Une fiche ne se fusionne pas avec elle-même.'] } }, { status: 409 })
    case 'already-merged':
      return data(
        { errors: { '': ['Une de ces fiches a déjà été fusionnée. Rouvrez celle qui a été gardée.'] } },
        { status: 409 },
      )
    default:
      return merged.error satisfies never
  }
}

export default function MergePerson({ loaderData: { one, other, twins }, actionData }: Route.ComponentProps) {
  const { person } = one
  const href = `/bureau/personnes/${person.id}`
  const errors: Record<string, string[] | undefined> = actionData?.errors ?? {}
  return (
    <OfficePage>
      <title>{`Fusionner – ${person.fullName}`}</title>
      <PageHead
        title="Fusionner deux fiches"
        breadcrumb={[
          { label: 'Personnes', href: '/bureau/personnes' },
          { label: person.fullName, href },
        ]}
        detail="Deux fiches d’une même personne n’en font plus qu’une. Rien n’est perdu : présences, situations et consentements des deux se lisent sur la fiche gardée."
      />
      <ErrorSummary errors={actionData?.errors} labels={{ kept: 'Fiche à garder', other: 'Autre fiche' }} />
      {other && other.person.id !== person.id ? (
        <Form method="post" className="stack" noValidate>
          <input type="hidden" name="other" value={other.person.id} />
          <MergeTable sides={[one, other]} />
          <RadioGroup
            name="kept"
            label="Quelle fiche garder ?"
            hint="Ce qui lui manque est repris de l’autre."
            options={[one, other].map((side) => ({
              value: side.person.id,
              label: side.person.fullName,
              hint: side.person.email ?? undefined,
            }))}
            defaultValue={person.id}
            errors={errors.kept}
          />
          <FormActions>
            <SubmitButton pendingLabel="Fusion…">Fusionner les deux fiches</SubmitButton>
            <LinkButton href={href} look="plain">
              Annuler
            </LinkButton>
          </FormActions>
        </Form>
      ) : (
        <OtherRecord id={person.id} twins={twins} />
      )}
    </OfficePage>
  )
}

type Twins = Route.ComponentProps['loaderData']['twins']

/** First the records that look like this one, then any other. */
const OtherRecord = ({ id, twins }: { id: string; twins: Twins }) => (
  <>
    {twins.length > 0 && (
      <Section title="Fiches qui se ressemblent">
        <ul className="lines">
          {twins.map((twin) => (
            <li key={twin.id}>
              <Link href={`/bureau/personnes/${id}/fusionner?avec=${twin.id}`}>{twin.label}</Link>{' '}
              <span className="small soft">{twin.detail}</span>
            </li>
          ))}
        </ul>
      </Section>
    )}
    <Section title={twins.length > 0 ? 'Une autre fiche' : 'Avec quelle fiche ?'}>
      <GetForm className="stack">
        <Combobox
          name="avec"
          label={nb('Personne')}
          source="/bureau/personnes.json"
          hint="Tapez quelques lettres de son nom."
        />
        <FormActions>
          <SubmitButton>Comparer les deux fiches</SubmitButton>
        </FormActions>
      </GetForm>
    </Section>
  </>
)
