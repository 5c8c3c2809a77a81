import { data, Form, redirect } from 'react-router'
import type { Term } from '#app/platform/terms.server.ts'
import { checkForm, type FormValues, readForm } from '#app/platform/forms.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { notFound } from '#app/platform/web.server.ts'
import { PageHead, Section } from '#app/ui/content.tsx'
import { EmptyState, Notice } from '#app/ui/feedback.tsx'
import { Moment } from '#app/ui/fr.tsx'
import { nb, plural } from '#app/ui/french.ts'
import { ErrorSummary } from '#app/ui/form-layout.tsx'
import { Link } from '#app/ui/link.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { readVocabulary } from '../queries.server.ts'
import { idPrefix, TermFields, type TermShown } from '../term-fields.tsx'
import { applyChange, sentenceOf, termForm } from '../term-form.server.ts'
import { TermList } from '../term-list.tsx'
import '../../house.css'
import type { Route } from './+types/vocabulary'

const shown = ({ id, code, label, parentId, attributes, retiredAt }: Term): TermShown => ({
  id,
  code,
  label,
  parentId,
  attributes,
  retired: retiredAt !== null,
})

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const read = await readVocabulary(context.get(requestContext), params.vocabulary)
  if (!read) throw notFound()
  const { vocabulary, terms, anct, versions } = read
  return {
    vocabulary,
    terms: terms.map(shown),
    anct: anct.filter(({ retiredAt }) => !retiredAt).map(shown),
    versions,
    saved: url.searchParams.has('fait'),
  }
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const sent = await readForm(request)
  const form = checkForm(sent, termForm)
  if (!form.ok) return refuse(form.error.errors, form.error.values)
  const changed = await applyChange(context.get(requestContext), params.vocabulary, form.value)
  if (changed.ok) return redirect(`/bureau/vocabulaires/${params.vocabulary}?fait`)
  const told = sentenceOf(changed.error)
  if (!told) throw notFound()
  return refuse({ [told.field]: [nb(told.sentence)] }, { ...form.value } as FormValues)
}

const refuse = (errors: Record<string, string[]>, values: FormValues) => data({ errors, values }, { status: 400 })

const labels = { label: 'Nom', parentId: 'Famille', anct: 'Type du bilan national', perimeter: 'Se compte dans' }

export default function VocabularyPage({ loaderData, actionData }: Route.ComponentProps) {
  const { vocabulary, terms, anct, versions, saved } = loaderData
  const refused = actionData && { errors: actionData.errors, values: actionData.values as Record<string, string> }
  const families = terms.filter(({ parentId, retired }) => parentId === null && !retired)
  const adding = refused?.values.intent === 'add' ? refused : undefined
  const offered = terms.filter(({ retired }) => !retired)
  return (
    <OfficePage>
      <title>{vocabulary.label}</title>
      <PageHead
        breadcrumb={[{ label: 'Vocabulaires', href: '/bureau/vocabulaires' }]}
        title={vocabulary.label}
        detail={vocabulary.detail}
      />
      {saved && !refused && <Notice tone="good">Le changement est enregistré.</Notice>}
      <ErrorSummary errors={prefixed(refused)} labels={labels} />
      {offered.length === 0 && <EmptyState title="Ce vocabulaire est vide.">Ajoutez un premier terme.</EmptyState>}
      <TermList vocabulary={vocabulary} terms={offered} anct={anct} families={families} refused={refused} />
      <Section title={`Ajouter ${vocabulary.one}`} id="ajouter">
        <Form method="post" noValidate key={offered.length} className="stack">
          <input type="hidden" name="intent" value="add" />
          <TermFields
            vocabulary={vocabulary}
            prefix="ajout"
            values={adding?.values ?? {}}
            errors={adding?.errors}
            families={families}
            anct={anct}
          />
          <p>
            <SubmitButton pendingLabel="Ajout…">Ajouter</SubmitButton>
          </p>
        </Form>
      </Section>
      <Retired terms={terms.filter(({ retired }) => retired)} />
      <Section title="Versions" id="versions">
        <ol className="lines">
          {versions.map(({ version, at, actorLabel, terms: count }) => (
            <li key={version}>
              <Link href={`/bureau/vocabulaires/${vocabulary.key}/versions/${version}`}>Version {version}</Link>{' '}
              <span className="soft">
                <Moment date={at} />, par {actorLabel} · {plural(count, 'terme')}
              </span>
            </li>
          ))}
        </ol>
      </Section>
    </OfficePage>
  )
}

/** The summary leads to the fields of the form that was sent. */
function prefixed(refused: { errors: Record<string, string[]>; values: Record<string, string> } | undefined) {
  if (!refused) return undefined
  const prefix = refused.values.intent === 'add' ? 'ajout' : idPrefix(refused.values.id ?? '')
  return Object.fromEntries(
    Object.entries(refused.errors).map(([field, list]) => [field in labels ? `${prefix}-${field}` : '', list]),
  )
}

const Retired = ({ terms }: { terms: readonly TermShown[] }) =>
  terms.length > 0 && (
    <Section title="Retirés" id="retires">
      <p className="soft">Ces termes ne se choisissent plus ; les fiches qui les portent les gardent.</p>
      <ul className="lines">
        {terms.map(({ id, label }) => (
          <li key={id} className="row">
            <span>{label}</span>
            <Form method="post" className="end row">
              <input type="hidden" name="id" value={id} />
              <SubmitButton look="quiet" small name="intent" value="restore" aria-label={`Rétablir ${label}`}>
                Rétablir
              </SubmitButton>
              <SubmitButton look="plain" small name="intent" value="delete" aria-label={`Effacer ${label}`}>
                Effacer
              </SubmitButton>
            </Form>
          </li>
        ))}
      </ul>
    </Section>
  )
