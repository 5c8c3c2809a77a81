import { errorsOf, type FormErrors, formValues, readForm } from '#app/platform/forms.server.ts'
import type { Database } from '#app/platform/database.server.ts'
import type { z } from 'zod'
import type { ChangedSince } from './editing.server.ts'
import * as field from './fields.server.ts'
import type { FormState } from './form-state.ts'
import { sayChanges } from './history.server.ts'
import { editLines, isLineIntent, type Line, textOf, treeOf, withoutBlanks } from './lines.ts'
import { formatDateTime, nb } from '#app/ui/french.ts'

/** A line of these lists counts once one of these fields is filled. */
const matters = {
  sessions: ['day', 'start', 'end', 'endDay', 'title', 'place', 'remoteLink'],
  partners: ['organisationId', 'organisationName', 'part'],
  items: ['title', 'time', 'day', 'description'],
  speakers: ['personId', 'name', 'function', 'organisationId', 'organisationName'],
  questions: ['label', 'hint', 'options', 'conditionAnswers'],
}

export type ReadLines<Input> =
  | { kind: 'lines-edited'; state: FormState }
  | { kind: 'refused'; state: FormState }
  | { kind: 'read'; input: Input; typed: Line; version: Date | null }

/** A form with lists of lines: a button that adds, moves or removes one saves nothing; else everything is read. */
export async function readLines<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): Promise<ReadLines<z.output<Schema>>> {
  const typed = treeOf(formValues(await readForm(request)))
  const intent = textOf(typed, 'intent')
  if (isLineIntent(intent))
    return { kind: 'lines-edited', state: { ...answered(editLines(typed, intent)), unsaved: true } }
  const filled = withoutBlanks(typed, matters)
  const read = schema.safeParse(filled)
  if (!read.success) return { kind: 'refused', state: answered(filled, errorsOf(read.error)) }
  return { kind: 'read', input: read.data, typed: filled, version: field.version().parse(textOf(typed, 'version')) }
}

export const answered = (typed: Line, errors: FormErrors = {}): FormState => ({
  typed,
  errors,
  stamp: crypto.randomUUID(),
})

/** Somebody was quicker: what they changed, and the version to send again knowingly. */
export async function answeredStale(db: Database, typed: Line, error: ChangedSince): Promise<FormState> {
  return {
    ...answered(typed),
    stale: {
      by: error.by,
      at: nb(formatDateTime(error.version)),
      version: error.version.toISOString(),
      changes: await sayChanges(db, error.fields),
    },
  }
}
