import type { Route } from './+types/ticks-json'
import { can } from '#app/platform/context.ts'
import { checkForm, readForm } from '#app/platform/forms.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { idParam, notFound } from '#app/platform/web.server.ts'
import { attendanceStatusLabels } from '../../labels.ts'
import { sentMarks, traceRange } from '../forms.server.ts'
import { markAttendance, type Marked } from '../mark-attendance.server.ts'
import { refusalOf, undoneSentence } from '../sentences.ts'
import { namesOfRows } from '../sheet.server.ts'
import { undoMarks } from '../undo-marks.server.ts'
import type { TickAnswer } from '../use-ticks.ts'

/** Ticks made one by one while the list is open; the page keeps what could not leave and sends it again. */
export async function action({ context, params, request }: Route.ActionArgs) {
  const ctx = context.get(requestContext)
  const activityId = idParam(params.id)
  if (!can(ctx.actor, 'office:enter')) {
    return refuse(
      401,
      'Votre session est terminée. Reconnectez-vous dans un autre onglet, vos pointages partiront ensuite.',
    )
  }
  const form = await readForm(request)
  const undo = form.get('annuler')
  if (undo !== null) {
    const trace = traceRange.safeParse(undo)
    if (!trace.success) return refuse(400, 'Ce pointage ne peut plus être annulé.')
    const result = await undoMarks(ctx, { activityId, trace: trace.data })
    if (!result.ok) return refuseError(result.error)
    const said = [undoneSentence(result.value.rows.length, result.value.kept)]
    return answer({ rows: result.value.rows, missing: [], traces: [], said, asOf: ctx.now().getTime() })
  }
  const read = checkForm(form, sentMarks)
  if (!read.ok) return refuse(400, 'Ces pointages ne sont pas lisibles. Rechargez la page.')
  const result = await markAttendance(ctx, { activityId, marks: read.value.pointages })
  if (!result.ok) return refuseError(result.error)
  const { rows, missing, traces, replaced } = result.value
  const names = await namesOfRows(
    ctx,
    replaced.map(({ attendanceId }) => attendanceId),
  )
  const said = [
    ...replaced.map((one) => replacedSentence(one, names)),
    ...missing.map(() => 'Une personne pointée n’est plus sur la liste.'),
  ]
  return answer({
    rows,
    missing,
    traces: [...traces.values()].map((id) => `${id}-${id}`),
    said,
    asOf: ctx.now().getTime(),
  })
}

/** There is nothing to read here: the list is the page. */
export const loader = () => {
  throw notFound()
}

const answer = (body: TickAnswer) => Response.json(body, { headers: { 'cache-control': 'no-store' } })
const refuse = (status: number, message: string) => Response.json({ message }, { status })
const refuseError = (error: Parameters<typeof refusalOf>[0]) => {
  const { status, message } = refusalOf(error)
  return refuse(status, message)
}

const replacedSentence = ({ attendanceId, status, by }: Marked['replaced'][number], names: Map<string, string>) =>
  `${names.get(attendanceId) ?? 'Une personne'}\u00a0: votre pointage remplace «\u00a0${attendanceStatusLabels[status]}\u00a0» de ${by}.`
