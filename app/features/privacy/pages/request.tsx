import { data, redirect } from 'react-router'
import { z } from 'zod'
import { type AppContext, can } from '#app/platform/context.ts'
import { checkForm, fields, readForm } from '#app/platform/forms.server.ts'
import { type PersonalData, personalDataSources } from '#app/platform/personal-data.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { badRequest, forbidden, idParam, notFound } from '#app/platform/web.server.ts'
import { PageHead, StateTag } from '#app/ui/content.tsx'
import { Notice } from '#app/ui/feedback.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { ErrorSummary } from '#app/ui/form-layout.tsx'
import { Day, Fr } from '#app/ui/fr.tsx'
import { requestKindLabels, requestStateLabels, requestStateTones } from '../labels.ts'
import { BASE } from '../privacy-head.tsx'
import { readRequest } from '../requests/list.server.ts'
import { extendRequest, type SettleError } from '../requests/requests.server.ts'
import { answerRequest, satisfyErasure, type SatisfyError } from '../requests/satisfy.server.ts'
import { RequestFacts, RequestForms } from '../requests/request-forms.tsx'
import { leftSentences } from '../sentences.ts'
import type { Route } from './+types/request'

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const request = await readRequest(ctx, idParam(params.id))
  if (!request) throw notFound()
  return { request, mayWrite: can(ctx.actor, 'privacy:write'), done: url.searchParams.get('fait') }
}

type Errors = Record<string, string[]>
const again = (errors: Errors, status: number, values: Record<string, string | string[]> = {}) =>
  data({ errors, values }, { status })

const answerForm = z.object({
  state: z.enum(['done', 'refused'], 'Choisissez ce qu’il en est.'),
  answer: fields.optionalText(4000),
  send: fields.tick(),
})
const extendForm = z.object({ reason: fields.line(500, 'Écrivez pourquoi il faut plus de temps.') })

export async function action({ request, context, params }: Route.ActionArgs) {
  const [ctx, id, sent] = [context.get(requestContext), idParam(params.id), await readForm(request)]
  switch (sent.get('intent')) {
    case 'answer':
      return answer(ctx, id, sent)
    case 'extend':
      return extend(ctx, id, sent)
    case 'erase':
      return erase(ctx, context.get(personalDataSources), id)
    default:
      throw badRequest('Cette action n’existe pas.')
  }
}

const back = (id: string, done: string) => redirect(`${BASE}/demandes/${id}?fait=${done}`, 303)

async function answer(ctx: AppContext, id: string, sent: FormData) {
  const form = checkForm(sent, answerForm)
  if (!form.ok) return again(form.error.errors, 400, form.error.values)
  const closed = await answerRequest(ctx, id, form.value)
  if (closed.ok) return back(id, 'reponse')
  if (closed.error.type === 'reason-needed')
    return again({ answer: ['Un refus se motive : écrivez-en la raison.'] }, 400, { state: form.value.state })
  return again(settled(closed.error), 409)
}

async function extend(ctx: AppContext, id: string, sent: FormData) {
  const form = checkForm(sent, extendForm)
  if (!form.ok) return again(form.error.errors, 400, form.error.values)
  const extended = await extendRequest(ctx, id, form.value.reason)
  if (extended.ok) return back(id, 'delai')
  switch (extended.error.type) {
    case 'extended':
      return again({ reason: ['Le délai a déjà été prolongé une fois : il ne peut l’être deux.'] }, 409)
    case 'late':
      return again({ reason: ['Le premier mois est passé : le délai ne peut plus être prolongé.'] }, 409)
    default:
      return again(settled(extended.error), 409)
  }
}

async function erase(ctx: AppContext, sources: readonly PersonalData[], id: string) {
  const done = await satisfyErasure(ctx, sources, id)
  return done.ok ? back(id, 'effacement') : again(eraseSentences(done.error), 409)
}

function eraseSentences(error: SatisfyError): Errors {
  switch (error.type) {
    case 'left':
      return { '': [leftSentences[error.why]] }
    case 'not-erasure':
      return { '': ['Cette demande n’est pas une demande d’effacement.'] }
    default:
      return settled(error)
  }
}

function settled(error: SettleError): Errors {
  switch (error.type) {
    case 'not-allowed':
      throw forbidden()
    case 'not-found':
      throw notFound()
    case 'closed':
      return { '': ['Cette demande est déjà close.'] }
    default:
      return error satisfies never
  }
}

const doneWords: Record<string, string> = {
  reponse: 'La demande est close.',
  delai: 'Le délai est prolongé de deux mois. Pensez à le dire à la personne, avec la raison.',
  effacement: 'La personne est effacée, la demande est close.',
}

export default function RequestPage({ loaderData, actionData }: Route.ComponentProps) {
  const { request, mayWrite, done } = loaderData
  const { kind, state, late, name, dueOn } = request
  return (
    <OfficePage>
      <title>{`${requestKindLabels[kind]} – ${name ?? 'Personne effacée'}`}</title>
      <PageHead
        title={requestKindLabels[kind]}
        breadcrumb={[
          { label: 'Données personnelles', href: BASE },
          { label: 'Demandes', href: `${BASE}/demandes` },
        ]}
        detail={
          <>
            <StateTag tone={late ? 'bad' : requestStateTones[state]}>
              {late ? 'En retard' : requestStateLabels[state]}
            </StateTag>{' '}
            réponse due le <Day date={dueOn} />
          </>
        }
      />
      {done && doneWords[done] && !actionData && (
        <Notice tone="good">
          <Fr>{doneWords[done]}</Fr>
        </Notice>
      )}
      <ErrorSummary
        errors={actionData?.errors}
        labels={{ answer: 'Réponse', reason: 'Raison', state: 'Ce qu’il en est' }}
      />
      <RequestFacts request={request} />
      {mayWrite && state === 'open' && (
        <RequestForms request={request} errors={actionData?.errors ?? {}} values={actionData?.values ?? {}} />
      )}
    </OfficePage>
  )
}
