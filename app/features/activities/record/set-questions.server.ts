import { and, asc, eq, notInArray, sql } from 'drizzle-orm'
import { z } from 'zod'
import { changedFields } from '#app/platform/changes.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import type { Database } from '#app/platform/database.server.ts'
import { fields } from '#app/platform/forms.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { questionKinds, questions } from '../schema.server.ts'
import { type Activity, type Edit, editActivity, type EditError, type EditTarget } from './editing.server.ts'
import * as field from './fields.server.ts'

type Question = typeof questions.$inferSelect
const WITH_OPTIONS = ['choice', 'choices']

/** One answer a line. */
const options = fields
  .optionalText(4000)
  .transform((text) => [...new Set((text ?? '').split('\n').map((line) => line.trim()))].filter(Boolean))
  .pipe(
    z
      .array(z.string().max(200, 'Une réponse proposée a 200 caractères au plus.'))
      .max(50, 'Cinquante réponses au plus.'),
  )

export const questionsInput = z.object({
  questions: z
    .array(
      z.object({
        id: fields.optionalId(),
        label: fields.line(300, 'Écrivez la question.'),
        hint: fields.optionalLine(300),
        kind: field.choice(questionKinds, 'Choisissez une forme de réponse.'),
        required: fields.tick(),
        options,
        /** Always, « mode », or the rank of an earlier question: « 1 » is the first one. */
        conditionOn: fields.optionalLine(20),
        /** The answers that bring the question up, separated by semicolons or lines. */
        conditionAnswers: fields.optionalText(1000),
      }),
    )
    .max(40, 'Quarante questions au plus.')
    .default([]),
})
export type QuestionsInput = z.output<typeof questionsInput>
type QuestionLine = QuestionsInput['questions'][number]

export type QuestionProblem =
  | { type: 'too-few-options'; index: number }
  | { type: 'unknown-condition'; index: number }
  | { type: 'condition-on-later'; index: number }
  | { type: 'condition-without-answer'; index: number }
  | { type: 'condition-on-text'; index: number }
  | { type: 'unknown-answer'; index: number; answer: string; possible: string[] }
  | { type: 'already-answered'; label: string }

type SetQuestionsError = EditError | QuestionProblem

export const questionsOf = (db: Database, activityId: string): Promise<Question[]> =>
  db.select().from(questions).where(eq(questions.activityId, activityId)).orderBy(asc(questions.position))

/** The questions become exactly these, in this order. One that was answered is neither removed nor given another form. */
export const setQuestions = (
  ctx: AppContext,
  target: EditTarget,
  { questions: lines }: QuestionsInput,
): Promise<Result<Activity, SetQuestionsError>> =>
  editActivity<QuestionProblem>(ctx, target, async (tx, activity) => {
    const before = await questionsOf(tx, activity.id)
    const rows = rowsOf(lines, before)
    if (!rows.ok) return rows
    const lost = await answeredAndLost(tx, activity.id, before, rows.value)
    return lost ? err({ type: 'already-answered', label: lost.label }) : write(tx, activity, before, rows.value)
  })

type Row = Omit<Question, 'activityId' | 'position'>

function rowsOf(lines: readonly QuestionLine[], before: readonly Question[]): Result<Row[], QuestionProblem> {
  const known = new Set(before.map(({ id }) => id))
  const rows: Row[] = []
  for (const [index, line] of lines.entries()) {
    const { conditionOn, conditionAnswers, options: said, ...rest } = line
    const id = line.id && known.has(line.id) ? line.id : crypto.randomUUID()
    const choices = WITH_OPTIONS.includes(line.kind) ? said : []
    if (WITH_OPTIONS.includes(line.kind) && choices.length < 2) return err({ type: 'too-few-options', index })
    const condition = conditionOf(index, conditionOn, conditionAnswers, rows)
    if (!condition.ok) return condition
    rows.push({ ...rest, id, options: choices, condition: condition.value })
  }
  return ok(rows)
}

/** Only on what was asked before, and on answers that can be given. */
function conditionOf(
  index: number,
  on: string | null,
  answers: string | null,
  earlier: readonly Row[],
): Result<Question['condition'], QuestionProblem> {
  if (!on) return ok(null)
  const oneOf = [...new Set((answers ?? '').split(/[;\n]/).map((answer) => answer.trim()))].filter(Boolean)
  if (on === 'onsite' || on === 'remote') return ok({ mode: true, oneOf: [on] })
  if (!/^\d{1,2}$/.test(on)) return err({ type: 'unknown-condition', index })
  const other = earlier[Number(on) - 1]
  if (!other) return err({ type: 'condition-on-later', index })
  const possible = other.kind === 'yes-no' ? ['oui', 'non'] : other.options
  if (possible.length === 0) return err({ type: 'condition-on-text', index })
  if (oneOf.length === 0) return err({ type: 'condition-without-answer', index })
  const said = oneOf.map((answer) => possible.find((one) => one.toLowerCase() === answer.toLowerCase()) ?? answer)
  const stranger = said.find((answer) => !possible.includes(answer))
  if (stranger !== undefined) return err({ type: 'unknown-answer', index, answer: stranger, possible })
  return ok({ questionId: other.id, oneOf: said })
}

async function answeredAndLost(tx: Database, activityId: string, before: readonly Question[], rows: readonly Row[]) {
  const risky = before.filter(({ id, kind }) => rows.find((row) => row.id === id)?.kind !== kind)
  if (risky.length === 0) return null
  const { rows: answered } = await tx.execute<{ id: string }>(sql`
    select distinct key as id from activities.attendance n, jsonb_object_keys(n.answers) as key
    where n.activity_id = ${activityId} and n.status <> 'cancelled'`)
  return risky.find(({ id }) => answered.some((answer) => answer.id === id)) ?? null
}

async function write(
  tx: Database,
  activity: Activity,
  before: readonly Question[],
  rows: readonly Row[],
): Promise<Result<Edit | null, never>> {
  const kept = rows.map(({ id }) => id)
  const gone = kept.length > 0 ? notInArray(questions.id, kept) : undefined
  await tx.delete(questions).where(and(eq(questions.activityId, activity.id), gone))
  for (const [position, row] of rows.entries()) {
    const values = { ...row, activityId: activity.id, position }
    await tx.insert(questions).values(values).onConflictDoUpdate({ target: questions.id, set: values })
  }
  const labels = (list: readonly Pick<Row, 'label' | 'kind' | 'required' | 'options' | 'condition'>[]) =>
    list.map(({ label, kind, required, options: said, condition }) =>
      JSON.stringify([label, kind, required, said, condition]),
    )
  if (labels(before).join() === labels(rows).join() && before.every(({ hint }, i) => hint === rows[i]!.hint))
    return ok(null)
  const fields = changedFields(
    { questions: before.map(({ label }) => label) },
    { questions: rows.map(({ label }) => label) },
  )
  return ok({ action: 'activities.questions-set', fields })
}
