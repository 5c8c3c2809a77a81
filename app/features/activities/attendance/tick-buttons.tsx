import type { AttendanceMode, AttendanceStatus } from '../labels.ts'
import { ticks, type TickStatus } from './ticks.ts'

interface TickButtonsProps {
  id: string
  /** The person’s name, for screen readers. */
  name: string
  status: AttendanceStatus
  disabled: boolean
  onTick: (status: TickStatus) => void
}

/** The three states of a row, in one gesture; plain radio buttons of the form without script. */
export const TickButtons = ({ id, name, status, disabled, onTick }: TickButtonsProps) => (
  <span className="tick" role="radiogroup" aria-label={`Présence de ${name}`}>
    {ticks.map(({ value, label, tone }) => (
      <label key={value} className={tone}>
        <input
          type="radio"
          name={`s.${id}`}
          value={value}
          checked={status === value}
          disabled={disabled}
          onChange={() => onTick(value)}
        />
        {label}
      </label>
    ))}
  </span>
)

const modes = [
  { value: 'onsite', label: 'Sur place' },
  { value: 'remote', label: 'À distance' },
] as const

interface ModeButtonsProps {
  id: string
  name: string
  mode: AttendanceMode
  disabled: boolean
  onChange: (mode: AttendanceMode) => void
}

/** Hybrid activities: where the person followed it from. */
export const ModeButtons = ({ id, name, mode, disabled, onChange }: ModeButtonsProps) => (
  <span className="tick mode" role="radiogroup" aria-label={`${name} a suivi`}>
    {modes.map(({ value, label }) => (
      <label key={value} className="neutral">
        <input
          type="radio"
          name={`m.${id}`}
          value={value}
          checked={mode === value}
          disabled={disabled}
          onChange={() => onChange(value)}
        />
        {label}
      </label>
    ))}
  </span>
)
