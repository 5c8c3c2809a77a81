import type { ComponentProps } from 'react'
import { classes } from './classes.ts'
import { Link, type LinkProps } from './link.tsx'

/** primary: one per screen · quiet: the others · plain: a word that acts · danger: what cannot be undone */
export type ButtonLook = 'primary' | 'quiet' | 'plain' | 'danger'
interface Look {
  look?: ButtonLook
  small?: boolean
}

export const buttonClass = ({ look = 'quiet', small }: Look, more?: string) =>
  classes('button', look !== 'primary' && look, small && 'small', more)

export const Button = ({ look, small, className, type = 'button', ...rest }: ComponentProps<'button'> & Look) => (
  <button type={type} className={buttonClass({ look, small }, className)} {...rest} />
)

export const LinkButton = ({ look, small, className, ...rest }: LinkProps & Look) => (
  <Link className={buttonClass({ look, small }, className)} {...rest} />
)
