import type { Line } from './lines.ts'
import type { questionsOf } from './set-questions.server.ts'

type Questions = Awaited<ReturnType<typeof questionsOf>>

/** A condition is said by the rank of the question it hangs on, as the form shows them. */
export const formOfQuestions = (questions: Questions): Line => ({
  questions: questions.map(({ id, label, hint, kind, required, options, condition }) => ({
    id,
    label,
    hint: hint ?? '',
    kind,
    required: required ? 'oui' : '',
    options: options.join('\n'),
    conditionOn: condition?.mode
      ? (condition.oneOf[0] ?? '')
      : condition?.questionId
        ? String(questions.findIndex((other) => other.id === condition.questionId) + 1)
        : '',
    conditionAnswers: condition?.questionId ? condition.oneOf.join(' ; ') : '',
  })),
})
