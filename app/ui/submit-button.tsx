import { type ComponentProps, useEffect, useRef } from 'react'
import { useInRouterContext, useNavigation } from 'react-router'
import { type ButtonLook, buttonClass } from './button.tsx'

export interface SubmitButtonProps extends ComponentProps<'button'> {
  look?: ButtonLook
  small?: boolean
  /** Shown while the form is on its way: « Enregistrement… ». */
  pendingLabel?: string
}

/** Sends its form; primary unless told otherwise. In a hydrated page it says that it is at work and refuses a second click. */
export function SubmitButton(props: SubmitButtonProps) {
  return useInRouterContext() ? <RoutedSubmit {...props} /> : <PlainSubmit {...props} pending={false} />
}

function RoutedSubmit(props: SubmitButtonProps) {
  const { state, formData } = useNavigation()
  const clicked = useRef(false)
  useEffect(() => {
    if (state === 'idle') clicked.current = false
  }, [state])
  const mine = props.name ? formData?.get(props.name) === props.value : clicked.current
  return (
    <PlainSubmit
      {...props}
      pending={state !== 'idle' && formData !== undefined && mine}
      onClick={(event) => {
        clicked.current = true
        props.onClick?.(event)
      }}
    />
  )
}

function PlainSubmit({
  look = 'primary',
  small,
  pendingLabel,
  pending,
  children,
  className,
  onClick,
  ...rest
}: SubmitButtonProps & { pending: boolean }) {
  return (
    <button
      type="submit"
      className={buttonClass({ look, small }, className)}
      aria-disabled={pending || undefined}
      data-pending={pending || undefined}
      onClick={pending ? (event) => event.preventDefault() : onClick}
      {...rest}
    >
      {pending && pendingLabel ? pendingLabel : children}
    </button>
  )
}
