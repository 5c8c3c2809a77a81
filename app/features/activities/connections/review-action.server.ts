import { searchPeople } from '#app/features/directory/index.server.ts'
import type { AppContext } from '#app/platform/context.ts'
import { errorsOf, type FormErrors, type FormValues, formValues, readForm } from '#app/platform/forms.server.ts'
import { err, ok, type Result } from '#app/platform/result.ts'
import { applyConnectionList } from './apply-list.server.ts'
import type { Decision } from './decide.server.ts'
import { type Answer, readAnswers, ruleForm, ruleSaid } from './forms.server.ts'
import { dropDraft } from './import-list.server.ts'
import { saveConnectionDraft } from './save-draft.server.ts'
import { doneSentence, refusalOf } from './sentences.ts'
import { undoConnectionList } from './undo-list.server.ts'

/** What the page of a list says after one of its forms; `left`: the list is no more, one goes back to the others. */
export interface ReviewSaid {
  status: number
  notice?: string
  left?: boolean
  errors?: FormErrors
  values?: FormValues
}

interface Target {
  activityId: string
  importId: string
}

export async function reviewAction(ctx: AppContext, target: Target, request: Request): Promise<ReviewSaid> {
  const form = await readForm(request)
  const values = formValues(form)
  switch (String(form.get('intent') ?? '')) {
    case 'annuler':
      return said(await undoConnectionList(ctx, target), (done) => `Liste annulée. ${doneSentence(done)}`)
    case 'ecarter': {
      const dropped = await dropDraft(ctx, target)
      return dropped.ok ? { status: 200, left: true } : refused(dropped.error)
    }
    case 'garder':
    case 'valider':
    case 'valider-tout':
      return settled(ctx, target, values)
    default:
      return { status: 400, errors: { '': ['Cette action n’existe pas.'] } }
  }
}

type Failure = Parameters<typeof refusalOf>[0]

function refused(error: Failure, values?: FormValues): ReviewSaid {
  const { status, message, line } = refusalOf(error)
  const lines = error.type === 'undecided' ? error.lines.slice(0, 20) : []
  const each = Object.fromEntries(lines.map((one) => [`d.${one}`, ['Dites qui c’est.']]))
  return { status, errors: { [line ? `d.${line}` : '']: [message], ...each }, values }
}

const said = <T>(result: Result<T, Failure>, notice: (value: T) => string, values?: FormValues): ReviewSaid =>
  result.ok ? { status: 200, notice: notice(result.value) } : refused(result.error, values)

async function settled(ctx: AppContext, target: Target, values: FormValues): Promise<ReviewSaid> {
  const rule = ruleForm.safeParse(values)
  const answers = readAnswers(values)
  const errors = { ...(rule.success ? {} : errorsOf(rule.error)), ...(answers.ok ? {} : answers.error) }
  if (!rule.success || !answers.ok) return { status: 400, errors, values }
  const decisions = await decisionsOf(ctx, answers.value)
  if (!decisions.ok) return { status: 400, errors: decisions.error, values }
  const input = { ...target, rule: ruleSaid(rule.data), decisions: decisions.value }
  if (values.intent === 'garder')
    return said(
      await saveConnectionDraft(ctx, input),
      () => 'Décisions gardées\u202f: rien n’est encore pointé.',
      values,
    )
  const undecided = values.intent === 'valider-tout' ? ('unidentified' as const) : ('ask' as const)
  const { retenir, remplace } = rule.data
  const done = await applyConnectionList(ctx, { ...input, undecided, replaces: remplace, keepRule: retenir })
  return said(done, doneSentence, values)
}

/** A name typed without script must lead to one person. */
async function decisionsOf(
  ctx: AppContext,
  answers: ReadonlyMap<string, Answer>,
): Promise<Result<Map<string, Decision>, FormErrors>> {
  const decisions = new Map<string, Decision>()
  const errors: FormErrors = {}
  for (const [line, answer] of answers) {
    if (answer.kind !== 'named') decisions.set(line, answer)
    else {
      const [first, second] = await searchPeople(ctx, answer.text, 2)
      if (first && !second) decisions.set(line, { kind: 'person', personId: first.id })
      else
        errors[`autre.${line}`] = [
          first
            ? 'Plusieurs personnes répondent à ce nom\u202f: donnez l’adresse électronique.'
            : 'Personne de ce nom dans l’annuaire.',
        ]
    }
  }
  return Object.keys(errors).length > 0 ? err(errors) : ok(decisions)
}
