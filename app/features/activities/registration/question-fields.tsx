import type { ReactNode } from 'react'
import type { FormErrors, FormValues } from '#app/platform/forms.server.ts'
import { CheckboxGroup, RadioGroup } from '#app/ui/choices.tsx'
import { joinList, nb } from '#app/ui/french.ts'
import { TextArea, TextField } from '#app/ui/inputs.tsx'
import { attendanceModeLabels, type AttendanceMode } from '../labels.ts'
import { MAX_LENGTH, type Question } from './questions.ts'

interface Props {
  questions: readonly Question[]
  values: FormValues
  errors?: FormErrors
  nonce?: string
  /** Of an activity that is not hybrid: conditions on the way of taking part are settled. */
  onlyMode?: AttendanceMode
}

/**
 * The questions of the team. One that depends on another shows when the other is answered so: the browser does it alone (:has),
 * and where it cannot, the condition is written above the question.
 */
export function QuestionFields({ questions, values, errors, nonce, onlyMode }: Props) {
  const asked = questions.filter(({ condition }) => !condition?.mode || !onlyMode || condition.oneOf.includes(onlyMode))
  const rules = asked.map((question) => ruleOf(question, asked, onlyMode)).filter(Boolean)
  return (
    <>
      {rules.length > 0 && <style nonce={nonce} dangerouslySetInnerHTML={{ __html: rules.join('\n') }} />}
      {asked.map((question) => (
        <div key={question.id} data-question={question.id} className="stack tight">
          <QuestionField
            question={question}
            value={values[`answers.${question.id}`]}
            errors={errors?.[`answers.${question.id}`]}
            hint={hintOf(question, asked, onlyMode)}
          />
        </div>
      ))}
    </>
  )
}

interface FieldProps {
  question: Question
  value: string | string[] | undefined
  errors?: string[]
  hint?: ReactNode
}

function QuestionField({ question, value, errors, hint }: FieldProps) {
  const field = {
    name: `answers.${question.id}`,
    label: question.label,
    hint,
    errors,
    required: question.required,
    optional: !question.required,
  }
  const one = [value ?? ''].flat()[0]
  switch (question.kind) {
    case 'text':
      return <TextField {...field} defaultValue={one} maxLength={MAX_LENGTH.text} />
    case 'long-text':
      return <TextArea {...field} defaultValue={one} maxLength={MAX_LENGTH['long-text']} />
    case 'choice':
      return <RadioGroup {...field} options={question.options.map(same)} defaultValue={one} />
    case 'choices':
      return <CheckboxGroup {...field} options={question.options.map(same)} defaultValue={[value ?? []].flat()} />
    case 'yes-no':
      return <RadioGroup {...field} inline options={yesNo} defaultValue={one} />
    default:
      return question.kind satisfies never
  }
}

const same = (option: string) => ({ value: option, label: option })
const yesNo = [
  { value: 'oui', label: 'Oui' },
  { value: 'non', label: 'Non' },
]

type Condition = NonNullable<Question['condition']>

/** The control on which a condition looks, when it is one that the browser can watch. */
function watched({ mode, questionId }: Condition, all: readonly Question[], onlyMode?: AttendanceMode): string | null {
  if (mode) return onlyMode ? null : 'mode'
  const other = all.find(({ id }) => id === questionId)
  return other && ['choice', 'choices', 'yes-no'].includes(other.kind) ? `answers.${other.id}` : null
}

function ruleOf(question: Question, all: readonly Question[], onlyMode?: AttendanceMode): string | null {
  const { condition, id } = question
  const name = condition ? watched(condition, all, onlyMode) : null
  if (!condition || !name) return null
  const chosen = condition.oneOf.map((value) => `[name="${css(name)}"][value="${css(value)}"]:checked`).join(',')
  return `@supports selector(:has(a)) { form:not(:has(${chosen})) [data-question="${css(id)}"] { display: none } [data-question="${css(id)}"] .condition { display: none } }`
}

/** A text inside a quoted string of a stylesheet, itself inside a page. */
const css = (text: string) => text.replace(/[^\w\u00a0-\uffff-]/g, (char) => `\\${char.codePointAt(0)!.toString(16)} `)

/** The condition in words, for a browser that cannot follow it; then what the team wrote. */
function hintOf(question: Question, all: readonly Question[], onlyMode?: AttendanceMode): ReactNode {
  const { condition, hint } = question
  const when = condition ? conditionWords(condition, all, onlyMode) : null
  if (!when) return hint
  return (
    <>
      <span className="condition">{when} </span>
      {hint}
    </>
  )
}

function conditionWords({ mode, questionId, oneOf }: Condition, all: readonly Question[], onlyMode?: AttendanceMode) {
  if (mode) {
    const ways = oneOf.map((way) => attendanceModeLabels[way as AttendanceMode]?.toLowerCase() ?? '')
    return onlyMode ? null : `Si vous participez ${joinList(ways, 'ou')}.`
  }
  const other = all.find(({ id }) => id === questionId)
  const values = oneOf.map((value) => `« ${value} »`)
  return other ? nb(`Si vous avez répondu ${joinList(values, 'ou')} à « ${other.label} ».`) : null
}
