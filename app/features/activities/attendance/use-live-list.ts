import { useEffect, useState } from 'react'
import { useRevalidator } from 'react-router'
import type { AttendanceMode, AttendanceStatus } from '../labels.ts'
import { shown, type TickQueue, unsaved } from './tick-queue.ts'

interface Row {
  id: string
  status: AttendanceStatus
  mode: AttendanceMode
}

const EVERY = 15_000

/** Reads the list again while one looks at it, and tells which rows somebody else has changed. */
export function useOthersTicks(rows: readonly Row[], queue: TickQueue, said: unknown): ReadonlySet<string> {
  const { revalidate, state } = useRevalidator()
  const idle = state === 'idle' && unsaved(queue) === 0
  useEffect(() => {
    if (!idle) return
    const timer = setInterval(() => document.visibilityState === 'visible' && void revalidate(), EVERY)
    return () => clearInterval(timer)
  }, [idle, revalidate])
  return useChanged(rows, queue, said)
}

/** The rows whose state is no longer the one last shown here, though nobody ticked them here. */
function useChanged(rows: readonly Row[], queue: TickQueue, said: unknown): ReadonlySet<string> {
  const [before, setBefore] = useState({
    rows,
    said,
    seen: new Map<string, AttendanceStatus>(),
    changed: new Set<string>(),
  })
  if (before.rows !== rows) {
    // a form of this very page explains its own changes
    const own = said !== before.said
    const changed = rows.filter(
      ({ id, status }) => !own && !queue[id] && before.seen.has(id) && before.seen.get(id) !== status,
    )
    setBefore({ rows, said, seen: statuses(rows, queue), changed: new Set(changed.map(({ id }) => id)) })
  } else if (rows.some((row) => before.seen.get(row.id) !== shown(queue, row).status)) {
    setBefore({ ...before, seen: statuses(rows, queue) })
  }
  return before.changed
}

const statuses = (rows: readonly Row[], queue: TickQueue) =>
  new Map(rows.map((row) => [row.id, shown(queue, row).status]))
