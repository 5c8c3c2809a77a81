import { useEffect, useRef } from 'react'
import { useShortcut } from '#app/ui/client/shortcuts.ts'

const cards = () => [...document.querySelectorAll<HTMLFormElement>('[data-pair]')]
const sideOf = (card: HTMLFormElement | undefined, n: number) =>
  card?.querySelectorAll<HTMLInputElement>('input[name="kept"]')[n]

/** The whole list without the mouse: j and k move, g and d choose the side that is kept, f merges, n says that they are two. */
export function usePairKeys(list: string): void {
  // -1: nobody has used the keyboard yet, so nothing takes the focus
  const at = useRef(-1)
  const current = () => cards()[at.current]
  const go = (to: number) => {
    at.current = Math.max(0, Math.min(to, cards().length - 1))
    const card = current()
    card?.querySelector<HTMLInputElement>('input[name="kept"]:checked')?.focus()
    card?.scrollIntoView({ block: 'nearest' })
  }
  const choose = (side: number) => {
    if (at.current < 0) go(0)
    const input = sideOf(current(), side)
    input?.click()
    input?.focus()
  }
  const press = (intent: string) => {
    if (at.current < 0) return go(0)
    current()?.querySelector<HTMLButtonElement>(`button[value="${intent}"]`)?.click()
  }
  useShortcut('j', () => go(at.current + 1))
  useShortcut('k', () => go(at.current - 1))
  useShortcut('g', () => choose(0))
  useShortcut('d', () => choose(1))
  useShortcut('f', () => press('merge'))
  useShortcut('n', () => press('apart'))
  useEffect(() => {
    // the pair that was decided has gone: the next one has taken its place
    if (at.current < 0) return
    at.current = Math.min(at.current, cards().length - 1)
    cards()[at.current]?.querySelector<HTMLInputElement>('input[name="kept"]:checked')?.focus()
  }, [list])
}
