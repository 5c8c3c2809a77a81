import { useRef, useState } from 'react'
import {
  Button,
  ComboBox,
  FieldError,
  I18nProvider,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Text,
} from 'react-aria-components'
import { errorList, type FieldBase, idOf, Optional } from '../field.tsx'
import { type RemoteItem, useRemote } from './remote.ts'

export interface ComboboxProps extends FieldBase {
  /** Answers `?q=` with [{ id, label, detail }]. */
  source: string
  /** Sent as the text typed, beside `name` which carries the id (empty for a free text). */
  textName?: string
  defaultItem?: RemoteItem | null
  /** What was typed, when the form comes back with errors. */
  defaultText?: string
  /** A text that matches nothing is kept: « Association Les Passerelles (nouvelle) ». */
  allowsText?: boolean
  placeholder?: string
  onPick?: (item: RemoteItem | null) => void
}

const NOTHING: RemoteItem[] = []

/** Finds one record as one types. */
export function Combobox({
  name,
  textName,
  source,
  defaultItem = null,
  defaultText,
  allowsText = false,
  onPick,
  ...field
}: ComboboxProps) {
  const [chosen, setChosen] = useState<RemoteItem | null>(defaultItem)
  const [text, setText] = useState(defaultItem?.label ?? defaultText ?? '')
  const choose = (item: RemoteItem | null) => {
    setChosen(item)
    onPick?.(item)
  }
  return (
    <>
      <Finder
        {...field}
        name={name}
        source={source}
        text={text}
        chosenId={chosen?.id ?? null}
        asked={text === chosen?.label ? '' : text}
        empty={allowsText ? 'Rien de ce nom\u202f: le texte sera gardé tel quel.' : 'Rien de ce nom.'}
        onText={(typed) => {
          setText(typed)
          if (chosen && typed !== chosen.label) choose(null)
        }}
        onChoose={(item) => {
          setText(item.label)
          choose(item)
        }}
        onLeave={() => !allowsText && !chosen && setText('')}
      />
      <input type="hidden" name={name} value={chosen?.id ?? ''} />
      {textName && <input type="hidden" name={textName} value={text} />}
    </>
  )
}

export interface FinderProps extends FieldBase {
  source: string
  text: string
  asked: string
  chosenId: string | null
  empty: string
  placeholder?: string
  onText: (text: string) => void
  onChoose: (item: RemoteItem) => void
  onLeave: () => void
}

/** The box and its list, driven from outside: Combobox and TagPicker share it. */
export function Finder({
  label,
  hint,
  errors,
  optional,
  hideLabel,
  placeholder,
  required,
  source,
  text,
  asked,
  chosenId,
  empty,
  onText,
  onChoose,
  onLeave,
  ...field
}: FinderProps) {
  const { answer, state } = useRemote<RemoteItem[]>(source, asked, NOTHING)
  // an answer to an earlier question is no choice for this one
  const found = state === 'loading' ? NOTHING : answer
  const keys = useChosenByKey()
  const list = errorList(errors)
  return (
    <I18nProvider locale="fr-FR">
      <div id={idOf(field)} tabIndex={-1} onKeyDownCapture={keys.read}>
        <ComboBox
          className="field combo"
          data-invalid={list.length > 0 || undefined}
          allowsCustomValue
          allowsEmptyCollection={asked.trim() !== ''}
          menuTrigger="input"
          inputValue={text}
          onInputChange={(typed) => {
            keys.forget()
            onText(typed)
          }}
          items={found}
          selectedKey={chosenId}
          onSelectionChange={(key) => {
            const item = found.find(({ id }) => id === key)
            if (item && !keys.leaving()) onChoose(item)
          }}
          onBlur={onLeave}
          isInvalid={list.length > 0}
          isRequired={false}
        >
          <Label className={hideLabel ? 'sr' : undefined}>
            {label} {optional && <Optional />}
          </Label>
          {hint && (
            <Text slot="description" className="hint">
              {hint}
            </Text>
          )}
          <div className="combo-box">
            <Input placeholder={placeholder} aria-required={required || undefined} autoComplete="off" />
            <Button className="combo-open" aria-label="Voir les propositions">
              <span aria-hidden="true">▾</span>
            </Button>
          </div>
          <FieldError className="error">{list.join(' ')}</FieldError>
          <Popover className="pop">
            <ListBox<RemoteItem>
              className="choices-list"
              renderEmptyState={() => <p className="nothing">{emptyText(state, empty)}</p>}
            >
              {(item) => (
                <ListBoxItem id={item.id} textValue={item.label}>
                  <span>{item.label}</span>
                  {item.detail && <span className="small soft">{item.detail}</span>}
                </ListBoxItem>
              )}
            </ListBox>
          </Popover>
        </ComboBox>
      </div>
    </I18nProvider>
  )
}

/**
 * Leaving by Tab keeps a choice made with the arrows, never the one that happens to lie under a resting mouse: that would put
 * one organisation in the place of another, unseen.
 */
function useChosenByKey() {
  const seen = useRef({ arrow: false, tab: false })
  return {
    read: ({ key }: { key: string }) => {
      if (key === 'ArrowDown' || key === 'ArrowUp') seen.current.arrow = true
      seen.current.tab = key === 'Tab'
    },
    forget: () => {
      seen.current = { arrow: false, tab: false }
    },
    leaving: () => seen.current.tab && !seen.current.arrow,
  }
}

const emptyText = (state: 'idle' | 'loading' | 'failed', empty: string) =>
  state === 'loading'
    ? 'Recherche…'
    : state === 'failed'
      ? 'La recherche n’a pas répondu. Réessayez dans un instant.'
      : empty
