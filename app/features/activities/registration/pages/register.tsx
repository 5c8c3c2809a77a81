import { data, redirect } from 'react-router'
import { checkForm, formValues, type FormErrors, type FormValues, readForm } from '#app/platform/forms.server.ts'
import { withinLimit } from '#app/platform/rate-limit.server.ts'
import { requestContext, webRequest } from '#app/platform/request-context.server.ts'
import { notFound } from '#app/platform/web.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import stylesheet from '../../agenda/agenda.css?url'
import suggestScript from '../suggest.js?url'
import { registrationForm, problemSentences } from '../form.server.ts'
import { isShown, registrationPage } from '../page.server.ts'
import { register, registrationLimit, type RegisterError, type RegistrationInput } from '../register.server.ts'
import { RegistrationClosed, RegistrationForm, RegistrationSent } from '../registration-form.tsx'
import type { Route } from './+types/register'

export const links = () => [{ rel: 'stylesheet', href: stylesheet }]

/** A form carries a token of its own: it is never kept on the way. */
export const headers = () => ({ 'cache-control': 'private, no-store' })

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const page = await registrationPage(ctx, params.slug)
  if (!page) throw notFound('Cette activité n’est pas, ou n’est plus, dans l’agenda.')
  const sent = url.searchParams.get('envoi')
  return { ...page, sent: isShown(sent) ? sent : null, nonce: context.get(webRequest).nonce }
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const ctx = context.get(requestContext)
  const sent = await readForm(request)
  const values = formValues(sent)
  const form = checkForm(sent, registrationForm)
  if (!form.ok) return refused(form.error.errors, values, 400)
  if (form.value.site) return redirect(`/agenda/${params.slug}/inscription?envoi=confirmed`, 303)
  if (!(await withinLimit(ctx, registrationLimit, context.get(webRequest).ip)))
    return refused(
      { '': ['Trop d’inscriptions sont parties de votre connexion en peu de temps. Réessayez dans dix minutes.'] },
      values,
      429,
    )
  return answer(ctx, params.slug, form.value, values)
}

type Sent = Omit<RegistrationInput, 'slug' | 'formToken'> & { jeton: string }

async function answer(ctx: AppContext, slug: string, { jeton, ...form }: Sent, values: FormValues) {
  const result = await register(ctx, { ...form, slug, formToken: jeton })
  if (result.ok) return redirect(`/agenda/${slug}/inscription?envoi=${result.value.shown}`, 303)
  const { errors, status } = sentencesOf(result.error)
  return refused(errors, values, status)
}

function sentencesOf(error: RegisterError): { errors: FormErrors; status: number } {
  switch (error.type) {
    case 'not-found':
      throw notFound('Cette activité n’est pas, ou n’est plus, dans l’agenda.')
    case 'cancelled':
      return { errors: { '': ['Cette activité vient d’être annulée.'] }, status: 409 }
    case 'closed':
    case 'over':
    case 'not-open':
      return { errors: { '': ['Les inscriptions à cette activité sont closes.'] }, status: 409 }
    case 'full':
      return {
        errors: { '': ['Il n’y a plus de place. Si vous étiez déjà inscrit·e, votre place reste la vôtre.'] },
        status: 409,
      }
    case 'stale-form':
      return {
        errors: {
          '': ['Cette page était ouverte depuis longtemps\u202f: vérifiez vos réponses, puis envoyez-les de nouveau.'],
        },
        status: 400,
      }
    case 'invalid':
      return { errors: problemSentences(error.problems), status: 400 }
    default:
      return error satisfies never
  }
}

const refused = (errors: FormErrors, values: FormValues, status: number) => data({ errors, values }, { status })

export default function Register({ loaderData, actionData }: Route.ComponentProps) {
  const { activity, state, sent } = loaderData
  return (
    <div className="wrap sign-up">
      <title>{`Inscription – ${activity.title}`}</title>
      <meta name="robots" content="noindex" />
      {sent ? (
        <RegistrationSent activity={activity} shown={sent} />
      ) : state === 'open' ? (
        <RegistrationForm
          {...loaderData}
          errors={actionData?.errors}
          values={actionData?.values ?? {}}
          script={suggestScript}
        />
      ) : (
        <RegistrationClosed activity={activity} state={state} />
      )}
    </div>
  )
}
