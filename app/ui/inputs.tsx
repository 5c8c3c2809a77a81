import type { ComponentProps, ReactNode } from 'react'
import { controlProps, Field, type FieldBase, idOf } from './field.tsx'
import { parseDay, parseDayTime, parseTime } from './french.ts'

type Native<Tag extends 'input' | 'textarea' | 'select'> = Omit<ComponentProps<Tag>, keyof FieldBase | 'size'>

function split<Props extends FieldBase>(props: Props) {
  const { name, label, id, hint, errors, required, optional, hideLabel, ...rest } = props
  return { field: { name, label, id, hint, errors, required, optional, hideLabel }, rest }
}

/** short: a code, a number · medium: a name · long (default): the whole width */
type Width = 'short' | 'medium' | 'long'

export type TextFieldProps = FieldBase & Native<'input'> & { width?: Width }

export function TextField({ width, type = 'text', ...props }: TextFieldProps) {
  const { field, rest } = split(props)
  return (
    <Field {...field} className={width}>
      <input type={type} {...controlProps(field)} {...rest} />
    </Field>
  )
}

export function TextArea({ rows = 4, ...props }: FieldBase & Native<'textarea'>) {
  const { field, rest } = split(props)
  return (
    <Field {...field}>
      <textarea rows={rows} {...controlProps(field)} {...rest} />
    </Field>
  )
}

export interface Option {
  value: string
  label: string
  disabled?: boolean
}
export interface OptionGroup {
  label: string
  options: readonly Option[]
}

const Options = ({ options }: { options: readonly (Option | OptionGroup)[] }) =>
  options.map((option) =>
    'options' in option ? (
      <optgroup key={option.label} label={option.label}>
        <Options options={option.options} />
      </optgroup>
    ) : (
      <option key={option.value} value={option.value} disabled={option.disabled}>
        {option.label}
      </option>
    ),
  )

type SelectProps = FieldBase &
  Native<'select'> & {
    options: readonly (Option | OptionGroup)[]
    /** First, empty choice: « Tous les départements », « Choisir… ». */
    placeholder?: string
    width?: Width
  }

export function Select({ options, placeholder, width, ...props }: SelectProps) {
  const { field, rest } = split(props)
  return (
    <Field {...field} className={width}>
      <select {...controlProps(field)} {...rest}>
        {placeholder !== undefined && <option value="">{placeholder}</option>}
        <Options options={options} />
      </select>
    </Field>
  )
}

/** A number typed as text (no arrows, no wheel), with the keyboard of digits on phones. */
export function NumberField({
  width = 'short',
  unit,
  decimal,
  ...props
}: TextFieldProps & { unit?: ReactNode; decimal?: boolean }) {
  const { field, rest } = split(props)
  return (
    <Field {...field} className={width}>
      <span className="with-unit">
        <input
          type="text"
          inputMode={decimal ? 'decimal' : 'numeric'}
          autoComplete="off"
          {...controlProps(field)}
          {...rest}
        />
        {unit && <span className="soft">{unit}</span>}
      </span>
    </Field>
  )
}

type DateProps = Omit<TextFieldProps, 'defaultValue' | 'type'> & {
  /** « 2022-11-24 »; what was typed and refused is shown as it was. */
  defaultValue?: string | null
}

/** Values stay ISO; a browser without date fields, or a refused entry, gets a text box that reads « 24/11/2022 ». */
export const DateField = (props: DateProps) => (
  <NativeDate {...props} type="date" parse={parseDay} example="jj/mm/aaaa" />
)

/** « 09:30 » */
export const TimeField = (props: DateProps) => <NativeDate {...props} type="time" parse={parseTime} example="9 h 30" />

/** « 2022-11-24T09:30 », the clock of Paris. */
export const DateTimeField = (props: DateProps) => (
  <NativeDate {...props} type="datetime-local" parse={parseDayTime} example="jj/mm/aaaa à 9 h 30" />
)

interface NativeDateProps extends DateProps {
  type: 'date' | 'time' | 'datetime-local'
  parse: (text: string) => string | null
  example: string
}

function NativeDate({ type, parse, example, defaultValue, width = 'medium', ...props }: NativeDateProps) {
  const { field, rest } = split(props)
  const value = defaultValue ?? ''
  const read = parse(value)
  const asText = value !== '' && read === null
  return (
    <Field {...field} className={width}>
      <input
        type={asText ? 'text' : type}
        defaultValue={read ?? value}
        placeholder={example}
        {...controlProps(field)}
        {...rest}
      />
    </Field>
  )
}

type SuggestProps = TextFieldProps & { suggestions: readonly (string | { value: string; label: string })[] }

/** A text box with suggestions from a short list; works without script. */
export function SuggestField({ suggestions, width, ...props }: SuggestProps) {
  const { field, rest } = split(props)
  const list = `${idOf(field)}-liste`
  return (
    <Field {...field} className={width}>
      <input type="text" list={list} {...controlProps(field)} {...rest} />
      <datalist id={list}>
        {suggestions.map((one) => {
          const { value, label } = typeof one === 'string' ? { value: one, label: undefined } : one
          return <option key={value} value={value} label={label} />
        })}
      </datalist>
    </Field>
  )
}

/** The search box of a list; `/` goes to it where the page is hydrated (see shortcuts.ts). */
export const SearchField = ({ width, ...props }: TextFieldProps) => {
  const { field, rest } = split(props)
  return (
    <Field {...field} hideLabel={field.hideLabel ?? true} className={width}>
      <span className="search-box">
        <input type="search" data-shortcut="/" autoComplete="off" maxLength={200} {...controlProps(field)} {...rest} />
        <kbd aria-hidden="true">/</kbd>
      </span>
    </Field>
  )
}
