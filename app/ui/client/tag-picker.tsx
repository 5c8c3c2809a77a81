import { useState } from 'react'
import type { FieldBase } from '../field.tsx'
import { Finder } from './combobox.tsx'
import type { RemoteItem } from './remote.ts'

export interface TagPickerProps extends FieldBase {
  source: string
  defaultItems?: readonly RemoteItem[]
  placeholder?: string
  onChange?: (items: readonly RemoteItem[]) => void
}

/** Finds several records; `name` is sent once for each. */
export function TagPicker({ name, source, defaultItems = [], onChange, ...field }: TagPickerProps) {
  const [items, setItems] = useState<readonly RemoteItem[]>(defaultItems)
  const [text, setText] = useState('')
  const change = (next: readonly RemoteItem[]) => {
    setItems(next)
    onChange?.(next)
  }
  return (
    <div className="stack tight">
      <Finder
        {...field}
        name={name}
        source={source}
        text={text}
        asked={text}
        chosenId={null}
        empty="Rien de ce nom."
        onText={setText}
        onChoose={(item) => {
          if (!items.some(({ id }) => id === item.id)) change([...items, item])
          setText('')
        }}
        onLeave={() => setText('')}
      />
      {items.length > 0 && (
        <ul className="chosen">
          {items.map((item) => (
            <li key={item.id}>
              {item.label}
              <input type="hidden" name={name} value={item.id} />
              <button
                type="button"
                aria-label={`Retirer ${item.label}`}
                onClick={() => change(items.filter(({ id }) => id !== item.id))}
              >
                <span aria-hidden="true">×</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
