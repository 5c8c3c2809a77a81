import { data, redirect } from 'react-router'
import type { AppContext } from '#app/platform/context.ts'
import { checkForm, type FormErrors, type FormValues, formValues, readForm } from '#app/platform/forms.server.ts'
import { withinLimit } from '#app/platform/rate-limit.server.ts'
import { requestContext, webRequest } from '#app/platform/request-context.server.ts'
import { notFound } from '#app/platform/web.server.ts'
import stylesheet from '../../agenda/agenda.css?url'
import { problemSentences, registrationForm } from '../../registration/form.server.ts'
import { registrationLimit } from '../../registration/register.server.ts'
import suggestScript from '../../registration/suggest.js?url'
import { CycleClosed, CycleRegistrationForm, CycleSent } from '../cycle-form.tsx'
import { cycleForm } from '../public-cycle.server.ts'
import {
  type CycleRegistered,
  registerCycle,
  type RegisterCycleError,
  type RegisterCycleInput,
} from '../register-cycle.server.ts'
import type { Route } from './+types/register-cycle'

export const links = () => [{ rel: 'stylesheet', href: stylesheet }]

/** A form carries a token of its own: it is never kept on the way. */
export const headers = () => ({ 'cache-control': 'private, no-store' })

const NO_CYCLE = 'Ce cycle n’est pas, ou n’est plus, dans l’agenda.'
const shown: readonly CycleRegistered['shown'][] = ['confirmed', 'partly', 'waitlisted']

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const page = await cycleForm(context.get(requestContext), params.slug)
  if (!page) throw notFound(NO_CYCLE)
  const sent = shown.find((one) => one === url.searchParams.get('envoi'))
  return { ...page, sent, nonce: context.get(webRequest).nonce }
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const ctx = context.get(requestContext)
  const sent = await readForm(request)
  const values = formValues(sent)
  const form = checkForm(sent, registrationForm)
  if (!form.ok) return refused(form.error.errors, values, 400)
  if (form.value.site) return redirect(`/agenda/cycle/${params.slug}/inscription?envoi=confirmed`, 303)
  if (!(await withinLimit(ctx, registrationLimit, context.get(webRequest).ip)))
    return refused(
      { '': ['Trop d’inscriptions sont parties de votre connexion en peu de temps. Réessayez dans dix minutes.'] },
      values,
      429,
    )
  return answer(ctx, params.slug, form.value, values)
}

type Sent = Omit<RegisterCycleInput, 'slug' | 'formToken'> & { jeton: string }

async function answer(ctx: AppContext, slug: string, { jeton, ...form }: Sent, values: FormValues) {
  const result = await registerCycle(ctx, { ...form, slug, formToken: jeton })
  if (result.ok) return redirect(`/agenda/cycle/${slug}/inscription?envoi=${result.value.shown}`, 303)
  return refused(sentencesOf(result.error), values, statusOf(result.error))
}

const statusOf = ({ type }: RegisterCycleError) => (type === 'invalid' || type === 'stale-form' ? 400 : 409)

function sentencesOf(error: RegisterCycleError): FormErrors {
  switch (error.type) {
    case 'not-found':
      throw notFound(NO_CYCLE)
    case 'closed':
      return { '': ['Aucune activité de ce cycle n’est plus ouverte aux inscriptions.'] }
    case 'full':
      return { '': ['Il n’y a plus de place. Si vous étiez déjà inscrit·e, vos places restent les vôtres.'] }
    case 'stale-form':
      return {
        '': ['Cette page était ouverte depuis longtemps\u202f: vérifiez vos réponses, puis envoyez-les de nouveau.'],
      }
    case 'invalid':
      return problemSentences(error.problems)
    default:
      return error satisfies never
  }
}

const refused = (errors: FormErrors, values: FormValues, status: number) => data({ errors, values }, { status })

export default function RegisterCycle({ loaderData, actionData }: Route.ComponentProps) {
  const { cycle, sent, open } = loaderData
  return (
    <div className="wrap sign-up">
      <title>{`Inscription – ${cycle.title}`}</title>
      <meta name="robots" content="noindex" />
      {sent ? (
        <CycleSent cycle={cycle} shown={sent} />
      ) : open > 0 ? (
        <CycleRegistrationForm
          {...loaderData}
          errors={actionData?.errors}
          values={actionData?.values ?? {}}
          script={suggestScript}
        />
      ) : (
        <CycleClosed cycle={cycle} />
      )}
    </div>
  )
}
