import type { ReactNode } from 'react'
import { formatNumber } from './french.ts'

export type Tone = 'info' | 'good' | 'warn' | 'bad'

/** A sentence about what has just happened or must be known. A bad one interrupts screen readers. */
export const Notice = ({ tone = 'info', title, children }: { tone?: Tone; title?: string; children?: ReactNode }) => (
  <div className={`notice ${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
    {title && <p className="notice-title">{title}</p>}
    {children && <div>{children}</div>}
  </div>
)

/** What will stand here, and how to begin. */
export const EmptyState = ({
  title,
  children,
  action,
}: {
  title: string
  children?: ReactNode
  action?: ReactNode
}) => (
  <div className="empty">
    <svg className="empty-mesh" viewBox="0 0 120 40" aria-hidden="true">
      <path d="M0 12h28m10 0h34m10 0h38M0 28h64m10 0h46M33 0v7m0 10v23M69 0v23m0 10v7M98 0v7m0 10v6m0 10v7" />
    </svg>
    <p className="empty-title">{title}</p>
    {children && <div className="soft">{children}</div>}
    {action && <div className="row">{action}</div>}
  </div>
)

interface ProgressProps {
  /** What is being done: « Lecture des 1 200 lignes ». */
  label: string
  value?: number
  max?: number
}

/** Long work: a bar and what it is doing; without a value, it only says that it goes on. */
export const Progress = ({ label, value, max = 100 }: ProgressProps) => (
  <div className="progress" role="status">
    <p className="progress-label">
      <span>{label}</span>
      {value !== undefined && (
        <span className="soft">
          {formatNumber(value)} / {formatNumber(max)}
        </span>
      )}
    </p>
    <progress value={value} max={max} aria-label={label} />
  </div>
)

/** A share of a whole, said in words for those who do not see it. */
export const Meter = ({
  value,
  max,
  label,
  tone,
}: {
  value: number
  max: number
  label: string
  tone?: 'warn' | 'brand'
}) => (
  <span className={tone ? `meter ${tone}` : 'meter'} role="img" aria-label={label}>
    <i style={{ width: `${max > 0 ? Math.min(100, (value / max) * 100) : 0}%` }} />
  </span>
)
