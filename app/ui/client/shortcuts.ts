import { useEffect } from 'react'

/** A radio button or a box takes no letter: shortcuts stay alive on a list that is ticked. */
const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    (/^(input|textarea|select)$/i.test(target.tagName) && !target.matches('[type="radio"], [type="checkbox"]')))

/** Calls back on the key, unless one is typing. `combo` is « / », « p », « ctrl+k ». */
export function useShortcut(combo: string, act: (event: KeyboardEvent) => void, active = true): void {
  useEffect(() => {
    if (!active) return
    const [key, control] = combo.startsWith('ctrl+') ? [combo.slice(5), true] : [combo, false]
    const listen = (event: KeyboardEvent) => {
      const held = event.ctrlKey || event.metaKey
      if (event.key.toLowerCase() !== key || held !== control || event.altKey) return
      if (!control && typing(event.target)) return
      act(event)
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [combo, act, active])
}

function focusFilter(event: KeyboardEvent) {
  const box = document.querySelector<HTMLInputElement>('[data-shortcut="/"]')
  if (!box) return
  event.preventDefault()
  box.focus()
  box.select()
}

/** `/` goes to the filter of the list; shortcuts are written on screen only once they work. */
export function useShortcuts(): void {
  useShortcut('/', focusFilter)
  useEffect(() => document.documentElement.classList.add('hydrated'), [])
}
