import type { AppContext } from '#app/platform/context.ts'
import { errorsOf, type FormErrors } from '#app/platform/forms.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { plural } from '#app/ui/french.ts'
import { cancelActivity } from './cancel-activity.server.ts'
import { deleteDraft } from './delete-draft.server.ts'
import { duplicateActivity } from './duplicate-activity.server.ts'
import { duplicateInput, halfDaysInput, reasonInput } from './inputs.server.ts'
import { overrideHalfDays } from './override-half-days.server.ts'
import { publishActivity, unpublishActivity } from './publish-activity.server.ts'

/** Where to go after a gesture of the record's page, or what it is refused for: a sentence at its field, '' for the page. */
export type GestureResult = Result<string, FormErrors | 'not-allowed' | 'not-found'>
type Read = (name: string) => string

/** The gestures of the record's page, each sent by a small form of its own. */
export async function runGesture(ctx: AppContext, id: string, intent: string, read: Read): Promise<GestureResult> {
  switch (intent) {
    case 'publish':
      return publish(ctx, id)
    case 'unpublish':
      return unpublish(ctx, id)
    case 'cancel':
      return cancel(ctx, id, read)
    case 'duplicate':
      return duplicate(ctx, id, read)
    case 'half-days':
      return halfDays(ctx, id, read)
    case 'delete':
      return remove(ctx, id)
    default:
      return err({ '': ['Ce geste n’existe pas.'] })
  }
}

const page = (id: string) => `/bureau/activites/${id}`
const sentence = (text: string, field = '') => err({ [field]: [text] })
const STALE = 'Cette activité vient d’être modifiée par quelqu’un d’autre. Relisez-la, puis recommencez.'

async function publish(ctx: AppContext, id: string): Promise<GestureResult> {
  const done = await publishActivity(ctx, { activityId: id, version: null })
  if (done.ok) return ok(page(id))
  switch (done.error.type) {
    case 'not-allowed':
    case 'not-found':
      return err(done.error.type)
    case 'no-session':
      return sentence('Donnez d’abord une date à cette activité.')
    case 'not-a-draft':
      return sentence('Cette activité est déjà publiée, ou annulée.')
    case 'changed-since':
      return sentence(STALE)
    default:
      return done.error satisfies never
  }
}

async function unpublish(ctx: AppContext, id: string): Promise<GestureResult> {
  const done = await unpublishActivity(ctx, { activityId: id, version: null })
  if (done.ok) return ok(page(id))
  switch (done.error.type) {
    case 'not-allowed':
    case 'not-found':
      return err(done.error.type)
    case 'not-published':
      return sentence('Cette activité n’est pas publiée.')
    case 'has-people':
      return sentence(
        `${plural(done.error.count, 'personne est inscrite', 'personnes sont inscrites')} ou en liste d’attente\u202f: pour y renoncer, annulez l’activité, elles seront prévenues.`,
      )
    case 'changed-since':
      return sentence(STALE)
    default:
      return done.error satisfies never
  }
}

async function cancel(ctx: AppContext, id: string, read: Read): Promise<GestureResult> {
  const input = reasonInput.safeParse({ reason: read('reason') })
  if (!input.success) return err(errorsOf(input.error))
  const done = await cancelActivity(ctx, { activityId: id, version: null }, input.data.reason)
  if (done.ok) return ok(page(id))
  switch (done.error.type) {
    case 'not-allowed':
    case 'not-found':
      return err(done.error.type)
    case 'not-published':
      return sentence('Seule une activité publiée s’annule.')
    case 'no-reason':
      return sentence('Dites pourquoi\u202f: ce motif est envoyé aux personnes inscrites.', 'reason')
    case 'changed-since':
      return sentence(STALE)
    default:
      return done.error satisfies never
  }
}

async function duplicate(ctx: AppContext, id: string, read: Read): Promise<GestureResult> {
  const input = duplicateInput.safeParse({ newDay: read('newDay'), newTitle: read('newTitle') })
  if (!input.success) return err(errorsOf(input.error))
  const done = await duplicateActivity(ctx, id, { day: input.data.newDay, title: input.data.newTitle })
  if (done.ok) return ok(page(done.value.id))
  switch (done.error.type) {
    case 'not-allowed':
    case 'not-found':
      return err(done.error.type)
    case 'without-date':
      return sentence('Donnez d’abord une date à cette activité.')
    default:
      return done.error satisfies never
  }
}

async function halfDays(ctx: AppContext, id: string, read: Read): Promise<GestureResult> {
  const input = halfDaysInput.safeParse({ halfDays: read('halfDays'), halfDaysReason: read('halfDaysReason') })
  if (!input.success) return err(errorsOf(input.error))
  const { halfDays: number, halfDaysReason: reason } = input.data
  const done = await overrideHalfDays(ctx, { activityId: id, version: null }, { halfDays: number, reason })
  if (done.ok) return ok(page(id))
  switch (done.error.type) {
    case 'not-allowed':
    case 'not-found':
      return err(done.error.type)
    case 'no-reason':
      return sentence('Donnez le motif\u202f: il est imprimé à côté du nombre.', 'halfDaysReason')
    case 'changed-since':
      return sentence(STALE)
    default:
      return done.error satisfies never
  }
}

async function remove(ctx: AppContext, id: string): Promise<GestureResult> {
  const done = await deleteDraft(ctx, id)
  if (done.ok) return ok('/bureau/activites')
  switch (done.error.type) {
    case 'not-allowed':
    case 'not-found':
      return err(done.error.type)
    case 'not-deletable':
      return sentence('Cette activité a été publiée, ou quelqu’un y est inscrit\u202f: elle ne se supprime plus.')
    default:
      return done.error satisfies never
  }
}
