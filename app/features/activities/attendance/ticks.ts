import type { AttendanceStatus } from '../labels.ts'

/** What one ticks on the list; `registered` is « à pointer ». */
export const tickStatuses = ['present', 'excused', 'absent', 'registered'] as const
export type TickStatus = (typeof tickStatuses)[number]

/** The three buttons of a row, their letter, their colour. */
export const ticks = [
  { value: 'present', label: 'Présent·e', key: 'p', tone: 'good' },
  { value: 'excused', label: 'Excusé·e', key: 'e', tone: 'warn' },
  { value: 'absent', label: 'Absent·e', key: 'a', tone: 'neutral' },
] as const satisfies readonly { value: TickStatus; label: string; key: string; tone: string }[]

/** The filters of the list, as its address writes them. */
export const sheetStates = {
  'a-pointer': 'registered',
  presents: 'present',
  excuses: 'excused',
  absents: 'absent',
  attente: 'waitlisted',
  annules: 'cancelled',
} as const satisfies Record<string, AttendanceStatus>
export type SheetState = keyof typeof sheetStates

export const sheetStateLabels: Record<SheetState, string> = {
  'a-pointer': 'À pointer',
  presents: 'Présentes',
  excuses: 'Excusées',
  absents: 'Absentes',
  attente: 'En liste d’attente',
  annules: 'Inscriptions annulées',
}

export interface Counts {
  present: number
  excused: number
  absent: number
  registered: number
  waitlisted: number
}

/** Everybody who holds or held a place: what the meter is read against. */
export const expectedOf = ({ present, excused, absent, registered }: Counts) => present + excused + absent + registered
