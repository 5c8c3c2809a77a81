import type { ReactNode } from 'react'
import { controlProps, errorList, type FieldBase, FieldError, Hint, idOf, Optional } from './field.tsx'

type CheckboxProps = Omit<FieldBase, 'optional' | 'hideLabel'> & {
  value?: string
  defaultChecked?: boolean
  disabled?: boolean
}

/** One box; a consent is never ticked beforehand. */
export function Checkbox({ label, hint, errors, value = 'oui', defaultChecked, disabled, ...field }: CheckboxProps) {
  const props = controlProps({ hint, errors, ...field })
  return (
    <div className="field check" data-invalid={errorList(errors).length > 0 || undefined}>
      <label htmlFor={props.id}>
        <input type="checkbox" value={value} defaultChecked={defaultChecked} disabled={disabled} {...props} />
        <span>{label}</span>
      </label>
      <Hint id={props.id}>{hint}</Hint>
      <FieldError id={props.id} errors={errors} />
    </div>
  )
}

export interface Choice {
  value: string
  label: ReactNode
  hint?: ReactNode
  disabled?: boolean
}

interface GroupProps extends Omit<FieldBase, 'hideLabel'> {
  options: readonly Choice[]
  /** Side by side rather than one under the other. */
  inline?: boolean
}

export const RadioGroup = ({ defaultValue, ...props }: GroupProps & { defaultValue?: string | null }) => (
  <ChoiceGroup {...props} type="radio" chosen={defaultValue == null ? [] : [defaultValue]} />
)

export const CheckboxGroup = ({ defaultValue = [], ...props }: GroupProps & { defaultValue?: readonly string[] }) => (
  <ChoiceGroup {...props} type="checkbox" chosen={defaultValue} />
)

function ChoiceGroup({
  type,
  chosen,
  label,
  optional,
  hint,
  errors,
  options,
  inline,
  ...field
}: GroupProps & { type: 'radio' | 'checkbox'; chosen: readonly string[] }) {
  const id = idOf(field)
  const { 'aria-describedby': described } = controlProps({ hint, errors, ...field })
  const invalid = errorList(errors).length > 0
  return (
    <fieldset
      className="field choices"
      id={id}
      tabIndex={-1}
      aria-describedby={described}
      data-invalid={invalid || undefined}
      role={type === 'radio' ? 'radiogroup' : 'group'}
      aria-required={(type === 'radio' && field.required) || undefined}
    >
      <legend>
        {label} {optional && <Optional />}
      </legend>
      <Hint id={id}>{hint}</Hint>
      <div className={inline ? 'options inline' : 'options'}>
        {options.map((option) => (
          <label key={option.value}>
            <input
              type={type}
              name={field.name}
              value={option.value}
              disabled={option.disabled}
              defaultChecked={chosen.includes(option.value)}
            />
            <span>
              {option.label}
              {option.hint && <span className="hint">{option.hint}</span>}
            </span>
          </label>
        ))}
      </div>
      <FieldError id={id} errors={errors} />
    </fieldset>
  )
}

interface TickProps {
  name: string
  /** Whose state it is, for screen readers: the person’s name. */
  label: string
  options: readonly { value: string; label: string; tone?: 'good' | 'warn' | 'bad' | 'neutral' }[]
  defaultValue?: string | null
  disabled?: boolean
  onChange?: (value: string) => void
}

/** A few exclusive states in one gesture: present, excused, absent. */
export const TickGroup = ({ name, label, options, defaultValue, disabled, onChange }: TickProps) => (
  <span className="tick" role="radiogroup" aria-label={label}>
    {options.map(({ value, label: word, tone = 'good' }) => (
      <label key={value} className={tone}>
        <input
          type="radio"
          name={name}
          value={value}
          defaultChecked={value === defaultValue}
          disabled={disabled}
          onChange={onChange && (() => onChange(value))}
        />
        {word}
      </label>
    ))}
  </span>
)
