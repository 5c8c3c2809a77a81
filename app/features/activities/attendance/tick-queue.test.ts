import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AttendanceStatus } from '../labels.ts'
import {
  backToWaiting,
  countsWith,
  marksToSend,
  saved,
  sending,
  settled,
  shown,
  ticked,
  type TickQueue,
  unsaved,
  withoutSent,
} from './tick-queue.ts'
import { tickStatuses } from './ticks.ts'

/** Everything that waits leaves. */
const allSent = (queue: TickQueue) => sending(queue, marksToSend(queue))

const row = { id: 'a', status: 'registered' as AttendanceStatus, mode: 'onsite' as const }

test('un pointage attend, part, puis reste jusqu’à ce que la liste relue le connaisse', () => {
  const waiting = ticked({}, row, { status: 'present' })
  expect(marksToSend(waiting)).toEqual([{ attendanceId: 'a', status: 'present', mode: 'onsite', seen: 'registered' }])
  const done = saved(allSent(waiting), {
    rows: [{ attendanceId: 'a', status: 'present', mode: 'onsite' }],
    missing: [],
    asOf: 10,
  })
  expect([unsaved(done), shown(done, row).status]).toEqual([0, 'present'])
  expect(settled(done, 9)).toBe(done)
  expect(settled(done, 10)).toEqual({})
})

test('réseau coupé : ce qui était parti attend de nouveau, le dernier geste l’emporte', () => {
  const cut = backToWaiting(allSent(ticked({}, row, { status: 'present' })))
  const again = ticked(cut, row, { status: 'absent' })
  expect(marksToSend(again)).toMatchObject([{ status: 'absent', seen: 'registered' }])
})

test('une réponse à un pointage plus ancien n’efface pas le nouveau', () => {
  const first = allSent(ticked({}, row, { status: 'present' }))
  const second = ticked(first, row, { status: 'excused' })
  const answered = saved(second, {
    rows: [{ attendanceId: 'a', status: 'present', mode: 'onsite' }],
    missing: [],
    asOf: 1,
  })
  expect(marksToSend(answered)).toMatchObject([{ status: 'excused' }])
})

test('un pointage fait pendant que part le précédent n’est pas réputé parti', () => {
  const first = ticked({}, row, { status: 'present' })
  const marks = marksToSend(first)
  const other = { ...row, id: 'b' }
  const both = ticked(ticked(first, other, { status: 'absent' }), row, { status: 'excused' })
  expect(marksToSend(sending(both, marks)).map(({ attendanceId, status }) => [attendanceId, status])).toEqual([
    ['a', 'excused'],
    ['b', 'absent'],
  ])
})

test('un refus rend la ligne à ce qu’elle était', () => {
  expect(shown(withoutSent(allSent(ticked({}, row, { status: 'present' }))), row)).toEqual(row)
})

test('une ligne retirée quitte la file', () => {
  expect(saved(allSent(ticked({}, row, { status: 'present' })), { rows: [], missing: ['a'], asOf: 1 })).toEqual({})
})

test('les comptes suivent les pointages sans que personne ne se perde', () => {
  const rows = ['a', 'b', 'c', 'd'].map((id) => ({ ...row, id }))
  const gestures = fc.array(fc.tuple(fc.constantFrom(...rows), fc.constantFrom(...tickStatuses)))
  const counts = { present: 0, excused: 0, absent: 0, registered: 4, waitlisted: 2, onsite: 0, remote: 0 }
  fc.assert(
    fc.property(gestures, (list) => {
      const queue = list.reduce((sofar, [one, status]) => ticked(sofar, one, { status }), {})
      const now = countsWith(counts, rows, queue)
      const { onsite, remote, ...people } = now
      expect(Object.values(people).reduce((sum, count) => sum + count, 0)).toBe(6)
      expect(onsite + remote).toBe(now.present)
      expect(now.present).toBe(rows.filter((one) => shown(queue, one).status === 'present').length)
    }),
  )
})
