import type { ReactNode } from 'react'

export type FieldErrors = string | readonly string[] | undefined

export interface FieldBase {
  /** Name sent with the form; the id follows from it unless given. */
  name: string
  label: ReactNode
  id?: string
  hint?: ReactNode
  errors?: FieldErrors
  /** Announced to screen readers; the refusal itself is a French sentence from the server. */
  required?: boolean
  /** Writes « facultatif » after the label. */
  optional?: boolean
  hideLabel?: boolean
}

export const idOf = ({ id, name }: { id?: string; name: string }) => id ?? name.replace(/[^\w-]+/g, '-')
export const errorList = (errors: FieldErrors): readonly string[] =>
  errors === undefined || errors === '' ? [] : typeof errors === 'string' ? [errors] : errors

/** What ties a control to its label, hint and errors. */
export function controlProps(field: Omit<FieldBase, 'label'>) {
  const id = idOf(field)
  const wrong = errorList(field.errors).length > 0
  const described = [field.hint && `${id}-aide`, wrong && `${id}-erreur`].filter(Boolean).join(' ')
  return {
    id,
    name: field.name,
    'aria-describedby': described || undefined,
    'aria-invalid': wrong || undefined,
    'aria-required': field.required || undefined,
  }
}

export const Optional = () => <span className="optional">facultatif</span>

export const Hint = ({ id, children }: { id: string; children?: ReactNode }) =>
  children ? (
    <p className="hint" id={`${id}-aide`}>
      {children}
    </p>
  ) : null

export const FieldError = ({ id, errors }: { id: string; errors: FieldErrors }) => {
  const list = errorList(errors)
  return list.length > 0 ? (
    <p className="error" id={`${id}-erreur`}>
      {list.join(' ')}
    </p>
  ) : null
}

/** Label, hint and error around any control: spread `controlProps(field)` on it. */
export function Field({
  label,
  optional,
  hideLabel,
  hint,
  errors,
  children,
  className,
  ...field
}: FieldBase & { children: ReactNode; className?: string }) {
  const id = idOf(field)
  return (
    <div
      className={className ? `field ${className}` : 'field'}
      data-invalid={errorList(errors).length > 0 || undefined}
    >
      <label htmlFor={id} className={hideLabel ? 'sr' : undefined}>
        {label} {optional && <Optional />}
      </label>
      <Hint id={id}>{hint}</Hint>
      {children}
      <FieldError id={id} errors={errors} />
    </div>
  )
}
