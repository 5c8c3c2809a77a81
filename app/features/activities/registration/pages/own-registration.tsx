import { data, redirect } from 'react-router'
import { checkForm, type FormErrors, formValues, type FormValues, readForm } from '#app/platform/forms.server.ts'
import { requestContext, webRequest } from '#app/platform/request-context.server.ts'
import stylesheet from '../../agenda/agenda.css?url'
import { drawQr } from '../../check-in/qr.server.ts'
import { attendanceModeLabels } from '../../labels.ts'
import { modesOf, publicFacts } from '../facts.server.ts'
import { ownForm, problemSentences } from '../form.server.ts'
import { linkRefusal, privateHeaders } from '../link-refusal.server.ts'
import { cancelOwn, changeOwn, type ChangeOwnError, readOwn } from '../own.server.ts'
import { OwnRegistrationView } from '../own-registration-view.tsx'
import { placesOf } from '../places.server.ts'
import type { Route } from './+types/own-registration'

export const links = () => [{ rel: 'stylesheet', href: stylesheet }]
export const headers = () => privateHeaders

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const own = await readOwn(ctx, params.token)
  if (!own.ok) throw linkRefusal(own.error)
  const { activity } = own.value
  return {
    own: { ...own.value, activity: publicFacts(activity) },
    modes: modesOf(activity.mode),
    places: await placesOf(ctx.db, activity),
    token: params.token,
    done: url.searchParams.get('fait'),
    nonce: context.get(webRequest).nonce,
    qr: own.value.ticket ? drawQr(own.value.ticket) : null,
  }
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const ctx = context.get(requestContext)
  const sent = await readForm(request)
  if (sent.get('intent') === 'cancel') {
    const cancelled = await cancelOwn(ctx, params.token)
    if (cancelled.ok) return redirect(`/inscription/${params.token}?fait=annulation`, 303)
    return refused(sentencesOf(cancelled.error), formValues(sent), 409)
  }
  const form = checkForm(sent, ownForm)
  if (!form.ok) return refused(form.error.errors, form.error.values, 400)
  const changed = await changeOwn(ctx, params.token, form.value)
  if (changed.ok) return redirect(`/inscription/${params.token}?fait=modification`, 303)
  return refused(sentencesOf(changed.error), formValues(sent), changed.error.type === 'invalid' ? 400 : 409)
}

function sentencesOf(error: ChangeOwnError): FormErrors {
  switch (error.type) {
    case 'forged':
    case 'expired':
      throw linkRefusal(error)
    case 'over':
      return { '': ['Cette inscription ne peut plus être modifiée.'] }
    case 'full':
      return {
        mode: [
          `Il n’y a plus de place ${attendanceModeLabels[error.mode].toLowerCase()}\u202f: votre place actuelle est gardée.`,
        ],
      }
    case 'invalid':
      return problemSentences(error.problems)
    default:
      return error satisfies never
  }
}

const refused = (errors: FormErrors, values: FormValues, status: number) => data({ errors, values }, { status })

export default function OwnRegistration({ loaderData, actionData }: Route.ComponentProps) {
  return <OwnRegistrationView {...loaderData} errors={actionData?.errors} values={actionData?.values} />
}
