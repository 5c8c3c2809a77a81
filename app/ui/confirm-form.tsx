import type { ReactNode } from 'react'
import { Form as RouterForm, useInRouterContext } from 'react-router'
import { SubmitButton } from './submit-button.tsx'

interface ConfirmFormProps {
  /** The word that opens the question: « Annuler l’activité… ». */
  label: string
  /** The question and what follows from a yes. */
  question: ReactNode
  confirmLabel: string
  action?: string
  /** Sent with the form, `intent` for instance. */
  values?: Record<string, string>
  /** More fields: a reason, a choice. */
  children?: ReactNode
  danger?: boolean
}

/** Asks before acting; opens in place, without script. */
export function ConfirmForm({
  label,
  question,
  confirmLabel,
  action,
  values,
  children,
  danger = true,
}: ConfirmFormProps) {
  const routed = useInRouterContext()
  const content = (
    <>
      {Object.entries(values ?? {}).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <div>{question}</div>
      {children}
      <SubmitButton look={danger ? 'danger' : 'primary'}>{confirmLabel}</SubmitButton>
    </>
  )
  return (
    <details className="confirm">
      <summary className={danger ? 'button danger outline' : 'button quiet'}>{label}</summary>
      {routed ? (
        <RouterForm className="confirm-box stack" method="post" action={action}>
          {content}
        </RouterForm>
      ) : (
        <form className="confirm-box stack" method="post" action={action}>
          {content}
        </form>
      )}
    </details>
  )
}
