import { Notice } from '#app/ui/feedback.tsx'
import { ErrorSummary } from '#app/ui/form-layout.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { activityFieldLabels } from '../labels.ts'
import type { FormState, Stale } from './form-state.ts'

const words: Record<string, string> = {
  ...activityFieldLabels,
  time: 'Heure',
  name: 'Nom',
  function: 'Fonction',
  organisationName: 'Organisation',
  organisationId: 'Organisation',
  part: 'Rôle du partenaire',
  label: 'Question',
  hint: 'Précision',
  kind: 'Forme de la réponse',
  options: 'Réponses proposées',
  conditionOn: 'Condition',
  conditionAnswers: 'Condition',
  url: 'Lien',
  file: 'Fichier',
}
const listNames: Record<string, string> = {
  sessions: 'Séance',
  partners: 'Partenaire',
  items: 'Moment',
  speakers: 'Intervenant',
  questions: 'Question',
}

/** « Séance 2, date » for « sessions.1.day ». */
function labelOf(name: string): string {
  const parts = name.split('.')
  const field = words[parts.at(-1)!] ?? ''
  const lines = parts.flatMap((part, i) =>
    listNames[part] && parts[i + 1] ? [`${listNames[part]} ${Number(parts[i + 1]) + 1}`] : [],
  )
  return [...lines, lines.length > 0 ? field.toLowerCase() : field].filter(Boolean).join(', ')
}

/** Above a form that was not saved: why, and what to do. */
export function FormNotices({ state }: { state: FormState | undefined }) {
  if (!state) return null
  const labels = Object.fromEntries(Object.keys(state.errors).map((name) => [name, labelOf(name)]))
  return (
    <>
      {state.stale && <StaleNotice stale={state.stale} />}
      {state.unsaved && (
        <Notice tone="info">
          <Fr>Rien n’est encore enregistré : complétez, puis enregistrez en bas de la page.</Fr>
        </Notice>
      )}
      <ErrorSummary errors={state.errors} labels={labels} />
    </>
  )
}

const StaleNotice = ({ stale: { by, at, changes } }: { stale: Stale }) => (
  <Notice tone="warn" title={`${by ?? 'Quelqu’un'} a modifié cette activité entre-temps`}>
    <p>
      <Fr>{`Le ${at}. Ce que vous avez saisi est gardé ci-dessous, mais rien n’est enregistré.`}</Fr>
    </p>
    {changes.length > 0 && (
      <ul>
        {changes.map(({ field, before, after }) => (
          <li key={field}>
            <Fr>{`${field} : « ${before || 'vide'} » est devenu « ${after || 'vide'} »`}</Fr>
          </li>
        ))}
      </ul>
    )}
    <p>
      <Fr>
        Reportez ces changements dans le formulaire si vous y tenez : enregistrer à nouveau gardera votre version.
      </Fr>
    </p>
  </Notice>
)
