import { Form } from 'react-router'
import { Section } from '#app/ui/content.tsx'
import { FieldRow, FormActions } from '#app/ui/form-layout.tsx'
import { DateField, TextArea, TextField, TimeField } from '#app/ui/inputs.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import type { FormState } from './form-state.ts'
import { EnterSaves, LineList } from './line-list.tsx'
import { type Line, linesOf, textOf } from './lines.ts'
import { FindOrType } from './pickers.tsx'

interface ProgrammeFormProps {
  version: string
  typed: Line
  errors: FormState['errors']
  /** Each moment then has its day. */
  severalDays: boolean
}

/** Moments in their order, each with those who speak in it; then those who speak in all of it. */
export const ProgrammeForm = ({ version, typed, errors, severalDays }: ProgrammeFormProps) => (
  <Form method="post" noValidate className="stack">
    <EnterSaves />
    <input type="hidden" name="version" value={version} />
    <Section title="Déroulé">
      <LineList path="items" lines={linesOf(typed, 'items')} title="Moment" addLabel="Ajouter un moment" ordered>
        {(line, nameOf) => <MomentFields line={line} nameOf={nameOf} errors={errors} severalDays={severalDays} />}
      </LineList>
    </Section>
    <Section title="Intervenants de toute l’activité">
      <SpeakerLines path="speakers" lines={linesOf(typed, 'speakers')} errors={errors} />
    </Section>
    <FormActions>
      <SubmitButton name="intent" value="save" pendingLabel="Enregistrement…">
        Enregistrer le programme
      </SubmitButton>
    </FormActions>
  </Form>
)

interface MomentProps extends Pick<ProgrammeFormProps, 'errors' | 'severalDays'> {
  line: Line
  nameOf: (field: string) => string
}

function MomentFields({ line, nameOf, errors, severalDays }: MomentProps) {
  const field = (name: string, label: string) => ({
    name: nameOf(name),
    label,
    errors: errors[nameOf(name)],
    defaultValue: textOf(line, name),
  })
  const withDay = severalDays || textOf(line, 'day') !== ''
  return (
    <>
      <input type="hidden" name={nameOf('id')} defaultValue={textOf(line, 'id')} />
      <div className="moment-line">
        {withDay && <DateField {...field('day', 'Jour')} optional />}
        <TimeField {...field('time', 'Heure')} optional />
        <TextField {...field('title', 'Titre')} required maxLength={300} />
      </div>
      <TextArea {...field('description', 'Description')} optional rows={1} maxLength={4000} />
      <SpeakerLines path={nameOf('speakers')} lines={linesOf(line, 'speakers')} errors={errors} />
    </>
  )
}

interface SpeakerLinesProps {
  path: string
  lines: readonly Line[]
  errors: FormState['errors']
}

const SpeakerLines = ({ path, lines, errors }: SpeakerLinesProps) => (
  <LineList path={path} lines={lines} title="Intervenant" addLabel="Ajouter un intervenant" ordered blank={false}>
    {(line, nameOf) => (
      <>
        <input type="hidden" name={nameOf('id')} defaultValue={textOf(line, 'id')} />
        <FieldRow>
          <FindOrType
            label="Nom"
            required
            idName={nameOf('personId')}
            textName={nameOf('name')}
            id={textOf(line, 'personId')}
            text={textOf(line, 'name')}
            source="/bureau/personnes.json"
            errors={errors[nameOf('name')]}
          />
          <TextField
            name={nameOf('function')}
            label="Fonction"
            optional
            defaultValue={textOf(line, 'function')}
            errors={errors[nameOf('function')]}
          />
          <FindOrType
            label="Organisation"
            idName={nameOf('organisationId')}
            textName={nameOf('organisationName')}
            id={textOf(line, 'organisationId')}
            text={textOf(line, 'organisationName')}
            source="/bureau/organisations.json"
            errors={errors[nameOf('organisationName')]}
          />
        </FieldRow>
      </>
    )}
  </LineList>
)
