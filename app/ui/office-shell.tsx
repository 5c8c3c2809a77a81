import type { ReactNode } from 'react'
import { Link } from './link.tsx'
import { currentItem, type NavItem } from './nav.ts'
import { CloseMenu, NavLinks, SkipLink } from './navigation.tsx'
import { Mark } from './weave.tsx'

export interface NavGroup {
  label: string
  items: readonly NavItem[]
}

export interface OfficeShellProps {
  /** Name of the centre, or of the house. */
  name: string
  homeHref: string
  groups: readonly NavGroup[]
  /** Address of the page being read. */
  path: string
  /** The search of the top bar: <CommandPalette> (it is a plain link until hydrated). */
  search?: ReactNode
  /** At the right of the bar: period, and what can be created from anywhere. */
  actions?: ReactNode
  user?: { label: string; detail?: string }
  /** In the menu under the user’s name: account, sign-out form. */
  userMenu?: ReactNode
  children: ReactNode
}

/** The office: rail on the left, bar above, and the page. */
export function OfficeShell({
  name,
  homeHref,
  groups,
  path,
  search,
  actions,
  user,
  userMenu,
  children,
}: OfficeShellProps) {
  const current = currentItem(
    groups.flatMap(({ items }) => items),
    path,
  )
  return (
    <div className="office">
      <SkipLink />
      <nav className="rail" id="rail" popover="auto" aria-label="Bureau">
        <Link className="mark" href={homeHref}>
          <Mark size={24} />
          <span>{name}</span>
        </Link>
        <CloseMenu target="rail" />
        {groups.map(({ label, items }) => (
          <div key={label}>
            <h2>{label}</h2>
            <NavLinks items={items.map((item) => ({ ...item, current: item === current }))} />
          </div>
        ))}
      </nav>
      <div className="office-main">
        <header className="office-bar">
          <button type="button" className="button quiet menu-button" popoverTarget="rail">
            Menu
          </button>
          {search}
          <div className="office-actions">
            {actions}
            {user && (
              <details className="menu">
                <summary>
                  <span className="initials" aria-hidden="true">
                    {initialsOf(user.label)}
                  </span>
                  <span className="sr">Mon compte : {user.label}</span>
                </summary>
                <div className="menu-box">
                  <p>
                    <strong>{user.label}</strong>
                    {user.detail && <span className="small soft">{user.detail}</span>}
                  </p>
                  {userMenu}
                </div>
              </details>
            )}
          </div>
        </header>
        <main id="contenu" tabIndex={-1}>
          {children}
        </main>
      </div>
    </div>
  )
}

const initialsOf = (name: string) =>
  name
    .split(/[\s-]+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join('')

/** The body of a page of the office. */
export const OfficePage = ({ children, wide }: { children: ReactNode; wide?: boolean }) => (
  <div className={wide ? 'office-page wide' : 'office-page'}>{children}</div>
)
