import { Form } from 'react-router'
import type { ImportChoices } from '#app/platform/imports.ts'
import { Button } from '#app/ui/button.tsx'
import { Checkbox, RadioGroup } from '#app/ui/choices.tsx'
import { ConfirmForm } from '#app/ui/confirm-form.tsx'
import { Section } from '#app/ui/content.tsx'
import { ErrorSummary, FormActions } from '#app/ui/form-layout.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { Select } from '#app/ui/inputs.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import type { ImportAnswer } from './import-action.server.ts'
import { knownLabels, matchingLabels } from './state-labels.ts'

export interface MappingColumn {
  key: string
  label: string
  group: string
}

interface Props {
  headers: readonly string[]
  headerLine: number
  sheet: string | null
  sheets: readonly string[]
  rows: readonly { line: number; cells: string[] }[]
  columns: readonly MappingColumn[]
  mapping: Readonly<Record<string, number>>
  choices: ImportChoices
  /** Lines say people. */
  people: boolean
  answer: ImportAnswer | undefined
}

/** What each column of the file holds, guessed and corrected; then what to do with those already known. */
export function MappingForm(props: Props) {
  const { answer, headers } = props
  const errors = answer?.errors ?? {}
  return (
    <>
      <ErrorSummary errors={errors} labels={Object.fromEntries(headers.map((label, i) => [`c${i}`, label]))} />
      <SheetChoice {...props} />
      <Form method="post" noValidate className="stack">
        <Section title="Que contient chaque colonne ?">
          <p className="soft">
            <Fr>Devinée d’après les titres et les cases. Une colonne laissée de côté n’est pas reprise.</Fr>
          </p>
          <ColumnsTable {...props} />
        </Section>
        <ChoicesFields people={props.people} choices={props.choices} values={answer?.values} errors={errors} />
        <FormActions>
          <SubmitButton name="intent" value="check" pendingLabel="Envoi…">
            Vérifier le fichier
          </SubmitButton>
          <span className="soft small">Rien n’est encore écrit.</span>
        </FormActions>
      </Form>
      <ConfirmForm
        label="Abandonner…"
        question="Le fichier envoyé est oublié."
        confirmLabel="Abandonner"
        values={{ intent: 'abandon' }}
      />
    </>
  )
}

const SheetChoice = ({ sheet, sheets, headerLine, rows, answer }: Props) => (
  <Form method="post" noValidate className="import-layout">
    {sheets.length > 1 && (
      <Select
        name="sheet"
        label="Feuille du classeur"
        options={sheets.map((name) => ({ value: name, label: name }))}
        defaultValue={sheet ?? undefined}
        errors={answer?.errors.sheet}
      />
    )}
    {sheets.length === 1 && <input type="hidden" name="sheet" value={sheet ?? ''} />}
    <input type="hidden" name="sheetBefore" value={sheet ?? ''} />
    <Select
      name="headerLine"
      label="Ligne des titres"
      options={rows.slice(0, 30).map(({ line, cells }) => ({
        value: String(line),
        label: `${line}\u202f: ${cells.filter(Boolean).slice(0, 4).join(' · ').slice(0, 60)}`,
      }))}
      defaultValue={String(headerLine)}
    />
    <Button type="submit" name="intent" value="sheet" look="quiet">
      Relire
    </Button>
  </Form>
)

const SAMPLES = 3

function ColumnsTable({ headers, headerLine, rows, columns, mapping, answer }: Props) {
  const sample = rows.filter(({ line }) => line > headerLine)
  const groups = [...new Set(columns.map(({ group }) => group))].map((label) => ({
    label,
    options: columns
      .filter(({ group }) => group === label)
      .map(({ key, label: name }) => ({ value: key, label: name })),
  }))
  const chosen = (i: number) => {
    const typed = answer?.values[`c${i}`]
    return typeof typed === 'string' ? typed : (Object.entries(mapping).find(([, place]) => place === i)?.[0] ?? '')
  }
  return (
    <table className="stacked import-columns">
      <thead>
        <tr>
          <th scope="col">Dans le fichier</th>
          <th scope="col">Premières cases</th>
          <th scope="col">C’est…</th>
        </tr>
      </thead>
      <tbody>
        {headers.map((header, i) => (
          <tr key={`${i} ${header}`} className={chosen(i) === '' ? 'soft' : undefined}>
            <th scope="row" data-label="Dans le fichier">
              {header || `Colonne ${letters(i)}`}
            </th>
            <td data-label="Premières cases" className="small soft">
              {examples(sample, i)}
            </td>
            <td data-label="C’est…">
              <Select
                name={`c${i}`}
                label={`Contenu de « ${header || `Colonne ${letters(i)}`} »`}
                hideLabel
                placeholder="Laisser de côté"
                options={groups}
                defaultValue={chosen(i)}
                errors={answer?.errors[`c${i}`]}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const examples = (rows: Props['rows'], column: number) =>
  [...new Set(rows.map(({ cells }) => (cells[column] ?? '').trim()).filter(Boolean))]
    .slice(0, SAMPLES)
    .map((text) => text.slice(0, 40))
    .join(' · ') || 'vide'

/** « A », « AB »: as a spreadsheet names its columns. */
const letters = (i: number): string =>
  (i >= 26 ? letters(Math.floor(i / 26) - 1) : '') + String.fromCharCode(65 + (i % 26))

interface ChoicesProps {
  people: boolean
  choices: ImportChoices
  values: ImportAnswer['values'] | undefined
  errors: ImportAnswer['errors']
}

function ChoicesFields({ people, choices, values, errors }: ChoicesProps) {
  const kept = (name: 'matching' | 'known') => (typeof values?.[name] === 'string' ? values[name] : choices[name])
  const ticked = (name: 'properCase' | 'addOrganisations') => (values ? values[name] !== undefined : choices[name])
  const options = (labels: Record<string, { label: string; hint: string }>) =>
    Object.entries(labels).map(([value, { label, hint }]) => ({ value, label, hint: <Fr>{hint}</Fr> }))
  return (
    <Section title={people ? 'Les personnes déjà connues' : 'Les organisations déjà connues'}>
      <div className="two">
        {people ? (
          <RadioGroup
            name="matching"
            label="Ce qui fait reconnaître une personne"
            options={options(matchingLabels)}
            defaultValue={kept('matching')}
            errors={errors.matching}
          />
        ) : (
          <input type="hidden" name="matching" value={kept('matching')} />
        )}
        <RadioGroup
          name="known"
          label="Quand elle est déjà dans l’annuaire"
          options={options(knownLabels)}
          defaultValue={kept('known')}
          errors={errors.known}
        />
      </div>
      {people && (
        <>
          <Checkbox
            name="properCase"
            label="Récrire les noms tout en capitales"
            hint={<Fr>« JEAN-MARIE DE LA TOUR » devient « Jean-Marie de La Tour ».</Fr>}
            defaultChecked={ticked('properCase')}
          />
          <Checkbox
            name="addOrganisations"
            label="Ajouter les organisations inconnues"
            hint="Sinon leur nom reste écrit sur la situation de la personne."
            defaultChecked={ticked('addOrganisations')}
          />
        </>
      )}
    </Section>
  )
}
