import { Form } from 'react-router'
import { Checkbox } from '#app/ui/choices.tsx'
import { FieldRow, FormActions } from '#app/ui/form-layout.tsx'
import { Select, TextArea, TextField } from '#app/ui/inputs.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { optionsOf, questionKindLabels } from '../labels.ts'
import type { FormState } from './form-state.ts'
import { EnterSaves, LineList } from './line-list.tsx'
import { type Line, linesOf, textOf } from './lines.ts'

interface QuestionsFormProps {
  version: string
  typed: Line
  errors: FormState['errors']
}

/** The questions added to the registration form, in the order in which they are asked. */
export const QuestionsForm = ({ version, typed, errors }: QuestionsFormProps) => (
  <Form method="post" noValidate className="stack">
    <EnterSaves />
    <input type="hidden" name="version" value={version} />
    <p className="soft">
      Le formulaire demande déjà le nom, l’adresse électronique, l’organisation, la fonction, le profil et le
      département. N’ajoutez que ce qui sert à organiser cette activité.
    </p>
    <LineList
      path="questions"
      lines={linesOf(typed, 'questions')}
      title="Question"
      addLabel="Ajouter une question"
      ordered
    >
      {(line, nameOf, index) => <QuestionFields line={line} nameOf={nameOf} index={index} errors={errors} />}
    </LineList>
    <FormActions>
      <SubmitButton name="intent" value="save" pendingLabel="Enregistrement…">
        Enregistrer les questions
      </SubmitButton>
    </FormActions>
  </Form>
)

interface QuestionProps {
  line: Line
  nameOf: (field: string) => string
  index: number
  errors: FormState['errors']
}

function QuestionFields({ line, nameOf, index, errors }: QuestionProps) {
  const field = (name: string, label: string) => ({
    name: nameOf(name),
    label,
    errors: errors[nameOf(name)],
    defaultValue: textOf(line, name),
  })
  const before = Array.from({ length: index }, (_, i) => ({
    value: String(i + 1),
    label: `Réponse à la question ${i + 1}`,
  }))
  const conditions = [
    { value: 'onsite', label: 'Seulement à qui vient sur place' },
    { value: 'remote', label: 'Seulement à qui suit à distance' },
    ...before,
  ]
  return (
    <div className="stack tight question-line">
      <input type="hidden" name={nameOf('id')} defaultValue={textOf(line, 'id')} />
      <FieldRow>
        <TextField {...field('label', 'Question')} required maxLength={300} />
        <Select {...field('kind', 'Forme de la réponse')} required options={optionsOf(questionKindLabels)} />
      </FieldRow>
      <TextField {...field('hint', 'Précision')} optional maxLength={300} />
      <div className="question-options">
        <TextArea {...field('options', 'Réponses proposées')} hint="Une par ligne, deux au moins." required rows={2} />
      </div>
      <Checkbox
        name={nameOf('required')}
        label="Réponse obligatoire"
        defaultChecked={textOf(line, 'required') !== ''}
      />
      <FieldRow>
        <div className="question-condition">
          <Select
            {...field('conditionOn', 'Poser cette question')}
            placeholder="À tout le monde"
            options={conditions}
          />
        </div>
        {index > 0 && (
          <div className="question-answers">
            <TextField
              {...field('conditionAnswers', 'Si la réponse est')}
              hint="Plusieurs réponses : séparez-les par un point-virgule."
              required
            />
          </div>
        )}
      </FieldRow>
    </div>
  )
}
