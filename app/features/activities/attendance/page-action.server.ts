import type { AppContext } from '#app/platform/context.ts'
import { checkForm, type FormErrors, type FormValues, readForm } from '#app/platform/forms.server.ts'
import type { Result } from '#app/platform/result.ts'
import { addWalkIn } from './add-walk-in.server.ts'
import { plainMarks, traceRange, unidentifiedForm, walkInForm } from './forms.server.ts'
import { markAttendance, type MarkError, markRemaining, type Marked } from './mark-attendance.server.ts'
import { removeWalkIn } from './remove-walk-in.server.ts'
import { bulkSentence, type Refusal, refusalOf, undoneSentence, walkInSentence } from './sentences.ts'
import { setUnidentified } from './set-unidentified.server.ts'
import type { TraceRange } from './traces.server.ts'
import { undoMarks } from './undo-marks.server.ts'

/** What the page says after one of its forms. */
export interface Said {
  status: number
  /** Which form it answers. */
  intent: string
  notice?: string
  /** Handed back by « Annuler ». */
  undo?: string
  /** The row just added: it can be taken off at once. */
  walkIn?: { attendanceId: string; added: boolean }
  errors?: FormErrors
  values?: FormValues
}

type Handler = (ctx: AppContext, activityId: string, form: FormData) => Promise<Omit<Said, 'intent'>>

const handlers: Record<string, Handler> = {
  pointages: plainForm,
  'tous-presents': (ctx, activityId) => bulk(ctx, activityId, 'present'),
  'autres-absents': (ctx, activityId) => bulk(ctx, activityId, 'absent'),
  annuler: undo,
  ajouter: walkIn,
  retirer: remove,
  'non-identifiees': unidentified,
}

export async function attendanceAction(ctx: AppContext, activityId: string, request: Request): Promise<Said> {
  const form = await readForm(request)
  const intent = String(form.get('intent') ?? '')
  const handler = Object.hasOwn(handlers, intent) ? handlers[intent] : undefined
  if (!handler) return { status: 400, intent: '', errors: { '': ['Cette action n’existe pas.'] } }
  return { intent, ...(await handler(ctx, activityId, form)) }
}

const refused = ({ status, message, field = '' }: Refusal, values?: FormValues) => ({
  status,
  errors: { [field]: [message] },
  values,
})

const traceText = (trace: TraceRange | null) => (trace ? `${trace.from}-${trace.to}` : undefined)

const marked = (result: Result<Marked, MarkError>, notice: (value: Marked) => string) =>
  result.ok
    ? { status: 200, notice: notice(result.value), undo: traceText(result.value.trace) }
    : refused(refusalOf(result.error))

async function bulk(ctx: AppContext, activityId: string, status: 'present' | 'absent') {
  return marked(await markRemaining(ctx, { activityId, status }), ({ changed }) => bulkSentence(changed, status))
}

async function plainForm(ctx: AppContext, activityId: string, form: FormData) {
  const read = checkForm(form, plainMarks)
  if (!read.ok) return { status: 400, errors: { '': ['Cette liste n’est pas lisible\u202f: rechargez la page.'] } }
  return marked(await markAttendance(ctx, { activityId, marks: read.value }), ({ changed }) =>
    changed === 0 ? 'Rien n’a changé.' : 'Pointages enregistrés.',
  )
}

async function undo(ctx: AppContext, activityId: string, form: FormData) {
  const trace = traceRange.safeParse(form.get('trace'))
  if (!trace.success) return { status: 400, errors: { '': ['Ce pointage ne peut plus être annulé.'] } }
  const result = await undoMarks(ctx, { activityId, trace: trace.data })
  if (!result.ok) return refused(refusalOf(result.error))
  return { status: 200, notice: undoneSentence(result.value.rows.length, result.value.kept) }
}

async function walkIn(ctx: AppContext, activityId: string, form: FormData) {
  const read = checkForm(form, walkInForm)
  if (!read.ok) return { status: 400, ...read.error }
  const { personne, prenom, nom, courriel, profil, fonction, organisation, organisationId, mode } = read.value
  const result = await addWalkIn(ctx, {
    activityId,
    person: personne
      ? { kind: 'known', personId: personne }
      : { kind: 'new', givenName: prenom ?? '', familyName: nom ?? '', email: courriel },
    profileId: profil,
    function: fonction,
    organisationId,
    organisationName: organisation,
    mode,
  })
  if (!result.ok) return refused(refusalOf(result.error), values(form))
  const { attendanceId, name, outcome } = result.value
  return {
    status: 200,
    notice: walkInSentence(name, outcome),
    walkIn: { attendanceId, added: outcome === 'added' },
  }
}

const values = (form: FormData): FormValues =>
  Object.fromEntries([...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])))

async function remove(ctx: AppContext, activityId: string, form: FormData) {
  const attendanceId = String(form.get('ligne') ?? '')
  if (!/^[0-9a-f-]{36}$/.test(attendanceId))
    return refused({ status: 400, message: 'Cette personne n’est plus sur la liste.' })
  const result = await removeWalkIn(ctx, { activityId, attendanceId })
  return result.ok
    ? { status: 200, notice: 'Personne retirée de la liste. Elle reste dans l’annuaire.' }
    : refused(refusalOf(result.error))
}

async function unidentified(ctx: AppContext, activityId: string, form: FormData) {
  const read = checkForm(form, unidentifiedForm)
  if (!read.ok) return { status: 400, ...read.error }
  const result = await setUnidentified(ctx, {
    activityId,
    unidentifiedCount: read.value.nombre ?? 0,
    unidentifiedBasis: read.value.base,
  })
  return result.ok
    ? { status: 200, notice: 'Personnes non identifiées enregistrées.' }
    : refused(refusalOf(result.error), values(form))
}
