import type { ReactNode } from 'react'
import { errorList, type FieldErrors, idOf } from './field.tsx'

const takeFocus = (box: HTMLElement | null) => box?.focus()

interface ErrorSummaryProps {
  /** By name of field; the empty name '' holds what concerns the whole form. */
  errors: Record<string, FieldErrors> | undefined
  /** Words for the fields: { email: 'Adresse électronique' }. */
  labels?: Record<string, string>
}

/** What must be mended, each line leading to its field. Takes the focus by itself when the page comes back with errors. */
export function ErrorSummary({ errors, labels = {} }: ErrorSummaryProps) {
  const wrong = Object.entries(errors ?? {}).filter(([, list]) => errorList(list).length > 0)
  if (wrong.length === 0) return null
  return (
    <div
      className="notice bad"
      role="alert"
      tabIndex={-1}
      id="erreurs"
      autoFocus
      key={JSON.stringify(wrong)}
      ref={takeFocus}
    >
      <p className="notice-title">
        {wrong.length === 1 ? 'Un point est à corriger' : `${wrong.length} points sont à corriger`}
      </p>
      <ul>
        {wrong.map(([name, list]) => (
          <li key={name}>
            {name === '' ? (
              errorList(list).join(' ')
            ) : (
              <a href={`#${idOf({ name })}`}>
                {labels[name] && `${labels[name]}\u202f: `}
                {errorList(list).join(' ')}
              </a>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** A part of a long form: its title and why it is asked on the left, its fields on the right. */
export const FormSection = ({
  title,
  detail,
  children,
}: {
  title: ReactNode
  detail?: ReactNode
  children: ReactNode
}) => (
  <section className="form-section">
    <div className="form-section-head">
      <h2>{title}</h2>
      {detail && <p className="small soft">{detail}</p>}
    </div>
    <div className="stack">{children}</div>
  </section>
)

/** Fields that answer one question together. */
export const Fieldset = ({ legend, hint, children }: { legend: ReactNode; hint?: ReactNode; children: ReactNode }) => (
  <fieldset className="fieldset">
    <legend>{legend}</legend>
    {hint && <p className="hint">{hint}</p>}
    <div className="stack">{children}</div>
  </fieldset>
)

/** Fields side by side where there is room. */
export const FieldRow = ({ children }: { children: ReactNode }) => <div className="field-row">{children}</div>

/** The buttons at the end of a form. */
export const FormActions = ({ children }: { children: ReactNode }) => <div className="form-actions row">{children}</div>
