import type { ReactNode } from 'react'
import type { NavItem } from './nav.ts'
import { Link } from './link.tsx'
import { CloseMenu, NavLinks, SkipLink } from './navigation.tsx'
import { Mark } from './weave.tsx'

export interface SiteShellProps {
  /** Name of the centre. */
  name: string
  homeHref?: string
  nav: readonly NavItem[]
  /** Address of the page being read. */
  path?: string
  /** At the right of the menu: search, personal space. */
  actions?: ReactNode
  footer?: ReactNode
  footerNav?: readonly NavItem[]
  children: ReactNode
}

/** Public pages: nothing here needs a script; on a phone the menu is a popover of the browser itself. */
export const SiteShell = ({
  name,
  homeHref = '/',
  nav,
  path,
  actions,
  footer,
  footerNav,
  children,
}: SiteShellProps) => (
  <div className="site">
    <SkipLink />
    <header className="site-top">
      <div className="wrap">
        <Link className="mark" href={homeHref}>
          <Mark />
          <span>{name}</span>
        </Link>
        <button type="button" className="button quiet menu-button" popoverTarget="menu">
          Menu
        </button>
        <nav className="site-nav" id="menu" popover="auto" aria-label="Navigation principale">
          <CloseMenu target="menu" />
          <NavLinks items={nav} path={path} />
        </nav>
        {actions && <div className="row site-actions">{actions}</div>}
      </div>
    </header>
    <main id="contenu" tabIndex={-1}>
      {children}
    </main>
    <footer className="site-foot">
      <div className="wrap">
        <p className="mark">
          <Mark size={26} />
          <span>{name}</span>
        </p>
        {footerNav && footerNav.length > 0 && (
          <nav aria-label="Pied de page">
            <NavLinks items={footerNav} path={path} />
          </nav>
        )}
        {footer && <div className="small soft site-foot-text">{footer}</div>}
      </div>
    </footer>
  </div>
)

interface PersonalShellProps {
  name: string
  homeHref?: string
  /** Whose space it is. */
  person?: string
  nav?: readonly NavItem[]
  path?: string
  children: ReactNode
}

/** The personal space, reached by a signed link: narrow, calm, one thing at a time. */
export const PersonalShell = ({ name, homeHref = '/', person, nav, path, children }: PersonalShellProps) => (
  <div className="site personal">
    <SkipLink />
    <header className="site-top">
      <div className="wrap">
        <Link className="mark" href={homeHref}>
          <Mark />
          <span>{name}</span>
        </Link>
        {person && <p className="soft small">{person}</p>}
      </div>
    </header>
    {nav && nav.length > 0 && (
      <nav className="tabs wrap" aria-label="Mon espace">
        <NavLinks items={nav} path={path} />
      </nav>
    )}
    <main id="contenu" tabIndex={-1} className="wrap">
      {children}
    </main>
    <footer className="site-foot">
      <div className="wrap">
        <p className="small soft">
          <Link href={homeHref}>{name}</Link>
        </p>
      </div>
    </footer>
  </div>
)
