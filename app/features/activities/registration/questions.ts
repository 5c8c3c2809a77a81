import type { AttendanceMode, QuestionKind } from '../labels.ts'

export interface Question {
  id: string
  label: string
  hint: string | null
  kind: QuestionKind
  required: boolean
  options: string[]
  condition?: { questionId?: string; mode?: boolean; oneOf: string[] } | null
}

export type Answers = Record<string, string | string[]>

export interface AnswerProblem {
  questionId: string
  problem: 'required' | 'unknown' | 'too-long'
}

export const MAX_LENGTH = { text: 300, 'long-text': 4000 }

/**
 * Keeps the answers to the questions that were to be asked, in their order; what answers a question whose condition does not
 * hold is dropped, as if it had not been sent.
 */
export function checkAnswers(
  questions: readonly Question[],
  given: Answers,
  mode: AttendanceMode,
): { answers: Answers; problems: AnswerProblem[] } {
  const answers: Answers = {}
  const problems: AnswerProblem[] = []
  for (const question of questions) {
    if (!isAsked(question, answers, mode)) continue
    const values = valuesOf(given[question.id], question.kind)
    const problem = problemOf(question, values)
    if (problem) problems.push({ questionId: question.id, problem })
    else if (values.length > 0) answers[question.id] = question.kind === 'choices' ? values : values[0]!
  }
  return { answers, problems }
}

/** A condition on a question that comes later, or was itself not asked, does not hold. */
export function isAsked({ condition }: Question, answers: Answers, mode: AttendanceMode): boolean {
  if (!condition) return true
  const said = condition.mode ? [mode] : condition.questionId ? [answers[condition.questionId] ?? []].flat() : []
  return said.some((value) => condition.oneOf.includes(value))
}

function valuesOf(given: string | string[] | undefined, kind: QuestionKind): string[] {
  const values = [given ?? []].flat().map((value) => value.trim())
  const kept = [...new Set(values.filter(Boolean))]
  return kind === 'choices' ? kept : kept.slice(0, 1)
}

function problemOf({ kind, required, options }: Question, values: string[]): AnswerProblem['problem'] | null {
  if (values.length === 0) return required ? 'required' : null
  if (kind === 'text' || kind === 'long-text')
    return values.some((value) => value.length > MAX_LENGTH[kind]) ? 'too-long' : null
  const allowed = kind === 'yes-no' ? ['oui', 'non'] : options
  return values.some((value) => !allowed.includes(value)) ? 'unknown' : null
}

/** The answers as one reads them: « Oui », « Végétarien, sans gluten ». */
export function answerText(question: Pick<Question, 'kind'>, answer: string | string[] | undefined): string {
  if (answer === undefined) return ''
  if (question.kind === 'yes-no') return answer === 'oui' ? 'Oui' : 'Non'
  return [answer].flat().join(', ')
}
