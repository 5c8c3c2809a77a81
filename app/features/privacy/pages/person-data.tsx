import { data, redirect } from 'react-router'
import { z } from 'zod'
import { type AppContext, can } from '#app/platform/context.ts'
import { checkForm, fields, readForm } from '#app/platform/forms.server.ts'
import { type PersonalData, personalDataSources } from '#app/platform/personal-data.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { badRequest, forbidden, idParam, notFound } from '#app/platform/web.server.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { PageHead } from '#app/ui/content.tsx'
import { ErrorSummary } from '#app/ui/form-layout.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { erasePerson } from '../erasure/erase-person.server.ts'
import { readPersonData } from '../person/collect.server.ts'
import { DataSections } from '../person/data-sections.tsx'
import { PersonGestures } from '../person/gestures.tsx'
import { BASE } from '../privacy-head.tsx'
import { noteRequest } from '../requests/requests.server.ts'
import { requestKinds } from '../schema.server.ts'
import { leftSentences } from '../sentences.ts'
import type { Route } from './+types/person-data'

export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const read = await readPersonData(ctx, context.get(personalDataSources), idParam(params.id))
  // who may not read them learns nothing of who there is
  if (!read.ok) throw notFound()
  return { ...read.value, mayWrite: can(ctx.actor, 'privacy:write') }
}

const requestForm = z.object({
  kind: z.enum(requestKinds, 'Choisissez ce qui est demandé.'),
  message: fields.optionalText(4000),
})
const again = (errors: Record<string, string[]>, status: number, values: Record<string, string | string[]> = {}) =>
  data({ errors, values }, { status })

export async function action({ request, context, params }: Route.ActionArgs) {
  const [ctx, personId, sent] = [context.get(requestContext), idParam(params.id), await readForm(request)]
  switch (sent.get('intent')) {
    case 'request':
      return note(ctx, personId, sent)
    case 'erase':
      return erase(ctx, context.get(personalDataSources), personId)
    default:
      throw badRequest('Cette action n’existe pas.')
  }
}

async function note(ctx: AppContext, personId: string, sent: FormData) {
  const form = checkForm(sent, requestForm)
  if (!form.ok) return again(form.error.errors, 400, form.error.values)
  const noted = await noteRequest(ctx, personId, form.value)
  if (noted.ok) return redirect(`${BASE}/demandes/${noted.value.id}`, 303)
  switch (noted.error.type) {
    case 'not-allowed':
      throw forbidden()
    case 'not-found':
      throw notFound()
    default:
      return noted.error satisfies never
  }
}

async function erase(ctx: AppContext, sources: readonly PersonalData[], personId: string) {
  const erased = await erasePerson(ctx, sources, { personId, rule: 'office' })
  if (erased.ok) return redirect(`${BASE}/effacements`, 303)
  switch (erased.error.type) {
    case 'not-allowed':
      throw forbidden()
    case 'left':
      return again({ '': [leftSentences[erased.error.why]] }, 409)
    default:
      return erased.error satisfies never
  }
}

export default function PersonDataPage({ loaderData, actionData }: Route.ComponentProps) {
  const { personId, name, sections, mayWrite } = loaderData
  const href = `/bureau/personnes/${personId}`
  return (
    <OfficePage>
      <title>{`Données de ${name}`}</title>
      <PageHead
        title={`Données de ${name}`}
        breadcrumb={[
          { label: 'Personnes', href: '/bureau/personnes' },
          { label: name, href },
        ]}
        detail={<Fr>Tout ce que le centre garde de cette personne, et rien des autres.</Fr>}
        actions={<LinkButton href={`${href}/donnees.json`}>Télécharger (JSON)</LinkButton>}
      />
      <ErrorSummary errors={actionData?.errors} labels={{ kind: 'Demande', message: 'Message' }} />
      {mayWrite && <PersonGestures name={name} errors={actionData?.errors ?? {}} values={actionData?.values ?? {}} />}
      <DataSections sections={sections} />
    </OfficePage>
  )
}
