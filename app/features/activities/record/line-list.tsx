import { type ReactNode, useState } from 'react'
import { Button } from '#app/ui/button.tsx'
import { edited, type Line } from './lines.ts'

interface LineListProps {
  /** « sessions », « items.2.speakers » */
  path: string
  lines: readonly Line[]
  /** Of one line: « Séance ». */
  title: string
  addLabel: string
  /** Lines can be put in another order. */
  ordered?: boolean
  /** A first blank line when there is none. */
  blank?: boolean
  children: (line: Line, nameOf: (field: string) => string, index: number) => ReactNode
}

/**
 * Lines that are added, moved and removed: at once where a script runs (what was typed stays, each line keeps its fields), by a
 * POST that saves nothing elsewhere.
 */
export function LineList({ path, lines, title, addLabel, ordered = false, blank = true, children }: LineListProps) {
  const [rows, setRows] = useState(() => (lines.length > 0 || !blank ? [...lines] : [{}]).map(keyed))
  const [made, setMade] = useState(rows.length)
  const change = (verb: string, index: number) => {
    setRows(edited(rows, verb, index, keyed({}, made)))
    setMade(made + 1)
  }
  const button = (verb: string, index: number, label: string) => (
    <LineButton
      intent={`${verb}:${path}.${index}`}
      label={label}
      title={`${label}\u202f: ${title.toLowerCase()} ${index + 1}`}
      act={() => change(verb, index)}
    />
  )
  return (
    <div className="line-list">
      {rows.map(({ key, line }, index) => (
        <div key={key} className="line-item" role="group" aria-label={`${title} ${index + 1}`}>
          <div className="line-head row small">
            <span className="soft" aria-hidden="true">
              {title} {index + 1}
            </span>
            {ordered && index > 0 && button('up', index, 'Monter')}
            {ordered && index < rows.length - 1 && button('down', index, 'Descendre')}
            {button('remove', index, 'Retirer')}
          </div>
          {children(line, (field) => `${path}.${index}.${field}`, index)}
        </div>
      ))}
      <LineButton intent={`add:${path}`} label={addLabel} look="quiet" act={() => change('add', rows.length)} />
    </div>
  )
}

const keyed = (line: Line, key: number) => ({ key, line })

interface LineButtonProps {
  intent: string
  label: string
  title?: string
  look?: 'quiet' | 'plain'
  act: () => void
}

const LineButton = ({ intent, label, title, look = 'plain', act }: LineButtonProps) => (
  <Button
    type="submit"
    name="intent"
    value={intent}
    look={look}
    small
    formNoValidate
    aria-label={title}
    onClick={(event) => {
      event.preventDefault()
      act()
    }}
  >
    {label}
  </Button>
)

/** First in the form: the key Enter saves, it never moves a line. */
export const EnterSaves = () => (
  <button type="submit" name="intent" value="save" className="enter-saves" tabIndex={-1} aria-hidden="true">
    Enregistrer
  </button>
)
