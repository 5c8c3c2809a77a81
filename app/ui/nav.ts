export interface NavItem {
  label: string
  href: string
  /** Overrides what the address says. */
  current?: boolean
  /** Written after the label: « Inscriptions 62 ». */
  count?: number
}

const within = (path: string, href: string) => {
  const base = href.split(/[?#]/)[0] ?? ''
  return path === base || (base !== '/' && path.startsWith(`${base.replace(/\/$/, '')}/`))
}

/** The one item that stands for the page being read: the longest address that holds it. */
export function currentItem(items: readonly NavItem[], path: string | undefined): NavItem | undefined {
  const said = items.find((item) => item.current)
  if (said || path === undefined) return said
  return items
    .filter((item) => item.current !== false && within(path, item.href))
    .sort((a, b) => b.href.length - a.href.length)[0]
}
