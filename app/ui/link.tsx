import type { ComponentProps } from 'react'
import { Form as RouterForm, Link as RouterLink, useInRouterContext } from 'react-router'

const FILE = /\.(xlsx|csv|ics|pdf|docx|xml|json|rss|zip)(\?|#|$)/

export interface LinkProps extends Omit<ComponentProps<'a'>, 'href'> {
  href: string
  /** The page keeps its scroll position (tabs, sorting, panels). */
  stay?: boolean
}

/** Only the office is hydrated: what is elsewhere is another document, whose own scripts must run. */
const isElsewhere = (href: string) => href.startsWith('/') && !/^\/bureau([/?#]|$)/.test(href)

/** A link: followed without reloading inside a hydrated page, a plain one everywhere else. */
export function Link({ href, stay, ...rest }: LinkProps) {
  const routed = useInRouterContext()
  const plain =
    !routed ||
    isElsewhere(href) ||
    FILE.test(href) ||
    /^([a-z]+:|\/\/|#)/i.test(href) ||
    rest.download !== undefined ||
    rest.target
  return plain ? <a href={href} {...rest} /> : <RouterLink to={href} preventScrollReset={stay} {...rest} />
}

/** A form that reads (filters, search): GET, without reloading inside a hydrated page. */
export function GetForm({ stay, ...rest }: ComponentProps<'form'> & { stay?: boolean }) {
  const routed = useInRouterContext()
  const { encType: _encType, method: _method, action, ...props } = rest
  if (!routed || typeof action === 'function') return <form method="get" action={action} {...props} />
  return <RouterForm method="get" action={action} preventScrollReset={stay} {...props} />
}
