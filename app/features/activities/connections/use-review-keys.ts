import { type RefObject, useEffect } from 'react'

const linesOf = (box: HTMLElement) => [...box.querySelectorAll<HTMLElement>('[data-line]')]

/** One writes: in a text or in a list of names. The answers themselves are radio buttons. */
const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    (/^(input|textarea|select)$/i.test(target.tagName) && !target.matches('[type="radio"], [type="checkbox"]')))

function go(line: HTMLElement | undefined) {
  const radio = line?.querySelector<HTMLElement>('input[type="radio"]:checked, input[type="radio"]')
  radio?.focus({ preventScroll: true })
  line?.scrollIntoView({ block: 'nearest' })
}

/** ↑ ↓ change line; a figure or a letter answers it and goes to the next; Enter takes the first name proposed. */
export function useReviewKeys(box: RefObject<HTMLElement | null>, active: boolean): void {
  useEffect(() => {
    if (!active) return
    const listen = (event: KeyboardEvent) => {
      if (!box.current || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return
      const within =
        event.target === document.body || (event.target instanceof Node && box.current.contains(event.target))
      if (within && act(linesOf(box.current), event.key)) event.preventDefault()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [box, active])
}

/** Answers whether the key was for us. */
function act(lines: readonly HTMLElement[], pressed: string): boolean {
  const here = lines.findIndex((line) => line.contains(document.activeElement))
  const step = { ArrowDown: 1, ArrowUp: -1 }[pressed]
  if (step !== undefined) {
    go(lines[here < 0 ? 0 : Math.min(lines.length - 1, Math.max(0, here + step))])
    return lines.length > 0
  }
  const line = lines[here]
  const key = pressed === 'Enter' ? '1' : pressed.toLowerCase()
  const radio = line?.querySelector<HTMLInputElement>(`input[data-key="${CSS.escape(key)}"]`)
  if (!line || !radio) return false
  radio.click()
  if (radio.value === 'autre' || radio.value === 'nouvelle') {
    radio.focus()
    // its fields appear once the answer is drawn
    requestAnimationFrame(() => line.querySelector<HTMLElement>('.answer-more input:not([type="hidden"])')?.focus())
  } else goOn(lines, here)
  return true
}

/** The next line, or the button that validates when this was the last one. */
function goOn(lines: readonly HTMLElement[], here: number) {
  const next = lines[here + 1]
  if (next) go(next)
  else document.querySelector<HTMLElement>('#valider')?.focus()
}
