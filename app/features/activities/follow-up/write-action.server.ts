import { data, redirect } from 'react-router'
import type { AppContext } from '#app/platform/context.ts'
import { checkForm, type FormErrors, formValues, type FormValues, readForm } from '#app/platform/forms.server.ts'
import { forbidden, notFound } from '#app/platform/web.server.ts'
import { plural } from '#app/ui/french.ts'
import type { Audience } from '../labels.ts'
import { NOT_ALLOWED } from '../record/sentences.ts'
import { saveFollowUp, type SaveFollowUpError } from './draft.server.ts'
import { followUpInput, sendInput } from './inputs.server.ts'
import { mergeSentence } from './merge-fields.ts'
import { sendFollowUp, type SendFollowUpError, sendTest, type SendTestError } from './send.server.ts'
import { audienceSlugs } from './words.ts'

interface Target {
  activityId: string
  audience: Audience
}

const NO_MESSAGE = 'Ce message n’existe pas, ou plus.'

/** The gestures of the page where a message is written: keep it, try it on oneself, send it. */
export async function runWriting(ctx: AppContext, target: Target, request: Request) {
  const sent = await readForm(request)
  if (sent.get('intent') === 'send') return send(ctx, target, sent)
  return write(ctx, target, sent)
}

const pageOf = ({ activityId, audience }: Target) =>
  `/bureau/activites/${activityId}/suites/ecrire/${audienceSlugs[audience]}`

async function write(ctx: AppContext, target: Target, sent: FormData) {
  const form = checkForm(sent, followUpInput)
  if (!form.ok) return refused(form.error.errors, form.error.values, 400)
  const saved = await saveFollowUp(ctx, target.activityId, { ...form.value, audience: target.audience })
  if (!saved.ok) return refused(saveSentences(saved.error), formValues(sent), 400)
  if (sent.get('intent') !== 'test') return redirect(`${pageOf(target)}#apercu`)
  const tested = await sendTest(ctx, saved.value.id, 1)
  if (tested.ok) return redirect(`${pageOf(target)}?essai=parti#apercu`)
  return refused(testSentences(tested.error), formValues(sent), 409)
}

async function send(ctx: AppContext, target: Target, form: FormData) {
  const read = checkForm(form, sendInput)
  if (!read.ok) throw notFound(NO_MESSAGE)
  const { followUpId, ...seen } = read.value
  const done = await sendFollowUp(ctx, followUpId, seen)
  if (done.ok) return redirect(`/bureau/activites/${target.activityId}/suites/${followUpId}`)
  return refused(sendSentences(done.error), undefined, 409)
}

function saveSentences(error: SaveFollowUpError): FormErrors {
  switch (error.type) {
    case 'not-allowed':
      throw forbidden(NOT_ALLOWED)
    case 'not-found':
      throw notFound('Cette activité n’existe pas.')
    case 'bad-fields':
      return { [error.field]: error.problems.slice(0, 5).map(mergeSentence) }
    case 'unknown-document':
      return { documentIds: ['Un de ces documents n’est plus là.'] }
    case 'documents-not-named':
      return { documentIds: ['Écrivez {documents} dans le message, là où leurs liens doivent venir, ou décochez-les.'] }
    default:
      return error satisfies never
  }
}

function testSentences({ type }: SendTestError): FormErrors {
  switch (type) {
    case 'not-allowed':
      throw forbidden(NOT_ALLOWED)
    case 'not-found':
      throw notFound(NO_MESSAGE)
    case 'no-address':
      return { '': ['Votre fiche n’a pas d’adresse électronique : l’essai ne peut pas partir.'] }
    case 'too-many':
      return { '': ['Vingt essais en une heure, c’est assez. Réessayez plus tard.'] }
    default:
      return type satisfies never
  }
}

function sendSentences(error: SendFollowUpError): FormErrors {
  switch (error.type) {
    case 'not-allowed':
      throw forbidden(NOT_ALLOWED)
    case 'not-found':
      throw notFound(NO_MESSAGE)
    case 'nobody':
      return { '': ['Il n’y a personne à qui écrire.'] }
    case 'changed':
      return {
        '': [
          `Le message ou la liste a changé depuis l’aperçu\u202f: ${plural(error.count, 'personne', 'personnes')} à présent. Rien n’est parti. Relisez, puis envoyez.`,
        ],
      }
    default:
      return error satisfies never
  }
}

const refused = (errors: FormErrors, values: FormValues | undefined, status: number) =>
  data({ errors, values, stamp: crypto.randomUUID() }, { status })
