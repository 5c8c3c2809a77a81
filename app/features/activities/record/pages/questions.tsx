import { data, redirect } from 'react-router'
import { can } from '#app/platform/context.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { forbidden, idParam, notFound } from '#app/platform/web.server.ts'
import { joinList } from '#app/ui/french.ts'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { activityHead } from '../activity-head.server.ts'
import { ActivityPageHead } from '../activity-tabs.tsx'
import { FormNotices } from '../form-notices.tsx'
import { answered, answeredStale, readLines } from '../form-state.server.ts'
import type { FormState } from '../form-state.ts'
import { textOf } from '../lines.ts'
import { formOfQuestions } from '../questions-form-values.server.ts'
import { QuestionsForm } from '../questions-form.tsx'
import { QuestionsView } from '../questions-view.tsx'
import { readActivity } from '../record.server.ts'
import { NOT_ALLOWED } from '../sentences.ts'
import { type QuestionProblem, questionsInput, questionsOf, setQuestions } from '../set-questions.server.ts'
import type { Route } from './+types/questions'
import '../record.css'

export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const id = idParam(params.id)
  const head = await activityHead(ctx, id)
  const record = await readActivity(ctx, id)
  if (!head || !record) throw notFound('Cette activité n’existe pas.')
  const questions = await questionsOf(ctx.db, id)
  return {
    head,
    questions,
    typed: formOfQuestions(questions),
    version: record.updatedAt.toISOString(),
    mayWrite: can(ctx.actor, 'activities:write'),
  }
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const ctx = context.get(requestContext)
  const id = idParam(params.id)
  const read = await readLines(request, questionsInput)
  if (read.kind !== 'read') return data(read.state, { status: read.kind === 'refused' ? 400 : 200 })
  const { input, typed, version } = read
  const saved = await setQuestions(ctx, { activityId: id, version }, input)
  if (saved.ok) return redirect(`/bureau/activites/${id}/questions`)
  if (saved.error.type === 'not-allowed') throw forbidden(NOT_ALLOWED)
  if (saved.error.type === 'not-found') throw notFound('Cette activité n’existe pas.')
  if (saved.error.type === 'changed-since')
    return data(await answeredStale(ctx.db, typed, saved.error), { status: 409 })
  return data(answered(typed, sentences(saved.error)), { status: 400 })
}

function sentences(problem: QuestionProblem): FormState['errors'] {
  if (problem.type === 'already-answered')
    return {
      '': [
        `Des personnes ont déjà répondu à «\u202f${problem.label}\u202f»\u202f: cette question reste, sous la même forme. Vous pouvez en corriger le texte.`,
      ],
    }
  const at = (field: string, sentence: string) => ({ [`questions.${problem.index}.${field}`]: [sentence] })
  switch (problem.type) {
    case 'too-few-options':
      return at('options', 'Proposez au moins deux réponses, une par ligne.')
    case 'unknown-condition':
      return at('conditionOn', 'Cette condition n’existe pas.')
    case 'condition-on-later':
      return at('conditionOn', 'Une question ne peut dépendre que d’une question posée avant elle.')
    case 'condition-without-answer':
      return at('conditionAnswers', 'Dites quelle réponse fait poser cette question.')
    case 'condition-on-text':
      return at('conditionOn', 'On ne peut pas dépendre d’une réponse libre.')
    case 'unknown-answer':
      return at(
        'conditionAnswers',
        `«\u202f${problem.answer}\u202f» n’est pas une réponse possible\u202f: ${joinList(problem.possible, 'ou')}.`,
      )
    default:
      return problem satisfies never
  }
}

export default function Questions({ loaderData, actionData }: Route.ComponentProps) {
  const { head, questions, mayWrite, version } = loaderData
  return (
    <OfficePage>
      <ActivityPageHead head={head} part="Questions" />
      <FormNotices state={actionData} />
      {mayWrite ? (
        <QuestionsForm
          key={actionData?.stamp ?? head.id + version}
          version={actionData?.stale?.version ?? (actionData ? textOf(actionData.typed, 'version') : version)}
          typed={actionData?.typed ?? loaderData.typed}
          errors={actionData?.errors ?? {}}
        />
      ) : (
        <QuestionsView questions={questions} />
      )}
    </OfficePage>
  )
}
