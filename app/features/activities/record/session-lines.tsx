import { FieldRow } from '#app/ui/form-layout.tsx'
import { DateField, TextField, TimeField } from '#app/ui/inputs.tsx'
import type { FormState } from './form-state.ts'
import { LineList } from './line-list.tsx'
import { type Line, textOf } from './lines.ts'

/** When: one line per session; the last day only when it is another one. */
export const SessionLines = ({ lines, errors }: { lines: readonly Line[]; errors: FormState['errors'] }) => (
  <LineList path="sessions" lines={lines} title="Séance" addLabel="Ajouter une séance">
    {(line, nameOf) => {
      const field = (name: string, label: string) => ({ name: nameOf(name), label, errors: errors[nameOf(name)] })
      return (
        <>
          <input type="hidden" name={nameOf('id')} defaultValue={textOf(line, 'id')} />
          <div className="when-line">
            <DateField {...field('day', 'Date')} required defaultValue={textOf(line, 'day')} />
            <TimeField {...field('start', 'Début')} required defaultValue={textOf(line, 'start')} />
            <TimeField {...field('end', 'Fin')} required defaultValue={textOf(line, 'end')} />
            <DateField {...field('endDay', 'Dernier jour')} optional defaultValue={textOf(line, 'endDay')} />
          </div>
          <details className="more" open={hasDetails(line, nameOf, errors)}>
            <summary className="small">Titre, lieu ou lien propres à cette séance</summary>
            <FieldRow>
              <TextField {...field('title', 'Titre')} optional defaultValue={textOf(line, 'title')} />
              <TextField {...field('place', 'Lieu')} optional defaultValue={textOf(line, 'place')} />
              <TextField
                {...field('remoteLink', 'Lien')}
                optional
                inputMode="url"
                defaultValue={textOf(line, 'remoteLink')}
              />
            </FieldRow>
          </details>
        </>
      )
    }}
  </LineList>
)

const DETAILS = ['title', 'place', 'remoteLink']
const hasDetails = (line: Line, nameOf: (field: string) => string, errors: FormState['errors']) =>
  DETAILS.some((field) => textOf(line, field) !== '' || errors[nameOf(field)] !== undefined)
