import { type RefObject, useEffect } from 'react'
import { ticks, type TickStatus } from './ticks.ts'

interface Keys {
  list: RefObject<HTMLElement | null>
  onTick: (rowId: string, status: TickStatus) => void
  onUndo: () => void
  active: boolean
}

/** One writes elsewhere: in a text, in a list of choices, in a dialog. The radio buttons of the list are not that. */
function elsewhere(target: EventTarget | null, list: HTMLElement): boolean {
  if (!(target instanceof HTMLElement) || target === document.body)
    return document.querySelector('[role="dialog"]') !== null
  if (list.contains(target)) return false
  return (
    target.isContentEditable ||
    /^(input|textarea|select)$/i.test(target.tagName) ||
    target.closest('[role="dialog"]') !== null
  )
}

const rowsOf = (list: HTMLElement) => [...list.querySelectorAll<HTMLElement>('[data-row]')]

function go(row: HTMLElement | undefined) {
  const button = row?.querySelector<HTMLElement>('.tick:not(.mode) :checked, .tick:not(.mode) input')
  button?.focus({ preventScroll: true })
  row?.scrollIntoView({ block: 'nearest' })
}

/** ↑ ↓ change row; P, E, A tick it and go to the next; Backspace takes the tick away; Z undoes. */
export function useTickKeys({ list, onTick, onUndo, active }: Keys): void {
  useEffect(() => {
    if (!active) return
    const listen = (event: KeyboardEvent) => {
      const box = list.current
      if (!box || event.ctrlKey || event.metaKey || event.altKey || elsewhere(event.target, box)) return
      const rows = rowsOf(box)
      const here = rows.findIndex((row) => row.contains(document.activeElement))
      const key = event.key.toLowerCase()
      const status = key === 'backspace' ? 'registered' : ticks.find((one) => one.key === key)?.value
      const step = { arrowdown: 1, arrowup: -1 }[key]
      if (step !== undefined) go(rows[here < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, here + step))])
      else if (key === 'z') onUndo()
      else if (status && here >= 0) {
        onTick(rows[here]!.dataset.row!, status)
        go(rows[Math.min(rows.length - 1, here + 1)])
      } else return
      event.preventDefault()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  })
}
