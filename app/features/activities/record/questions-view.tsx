import { EmptyState } from '#app/ui/feedback.tsx'
import { questionKindLabels } from '../labels.ts'
import type { questionsOf } from './set-questions.server.ts'

/** For who reads only. */
export const QuestionsView = ({ questions }: { questions: Awaited<ReturnType<typeof questionsOf>> }) =>
  questions.length === 0 ? (
    <EmptyState title="Pas de question particulière">
      <p>Les questions ajoutées au formulaire d’inscription se tiendront ici.</p>
    </EmptyState>
  ) : (
    <ol className="stack">
      {questions.map(({ id, label, kind, required, options }) => (
        <li key={id}>
          <b>{label}</b>{' '}
          <span className="soft">
            {questionKindLabels[kind]}
            {required && ', obligatoire'}
            {options.length > 0 && ` : ${options.join(', ')}`}
          </span>
        </li>
      ))}
    </ol>
  )
