import { type RefObject, useLayoutEffect, useRef } from 'react'
import type { AttendanceStatus } from '../labels.ts'
import { type TickStatus, ticks } from './ticks.ts'

interface Row {
  id: string
  status: AttendanceStatus
}

const isTick = (value: string): value is TickStatus => ticks.some((one) => one.value === value)

/** Ticks made while the script was still on its way: the page shows them, so they must be kept like the others. */
export function useEarlyTicks<Ticked extends Row>(
  list: RefObject<HTMLElement | null>,
  rows: readonly Ticked[],
  onTick: (row: Ticked, status: TickStatus) => void,
) {
  const looked = useRef(false)
  useLayoutEffect(() => {
    if (looked.current) return
    looked.current = true
    for (const row of rows) {
      const early = list.current?.querySelector<HTMLInputElement>(`input[name="s.${row.id}"]:checked`)?.value
      if (early && isTick(early) && early !== row.status) onTick(row, early)
    }
  }, [list, rows, onTick])
}
