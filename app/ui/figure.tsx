import type { ReactNode } from 'react'
import { formatNumber, nb } from './french.ts'
import { Link } from './link.tsx'

interface FigureProps {
  value: number | string
  /** Where « D’où vient ce chiffre ? » is answered; without it the number is plain. */
  href?: string
  /** Said to screen readers after the number: « présences cumulées, d’où vient ce chiffre ? ». */
  of?: string
  current?: boolean
}

/** A computed number: the dotted underline opens its rows, in prose, tables and charts alike. */
export function Figure({ value, href, of, current }: FigureProps) {
  const text = typeof value === 'number' ? formatNumber(value) : nb(value)
  if (!href) return <span className="number">{text}</span>
  return (
    <Link className="figure" href={href} stay aria-current={current ? 'true' : undefined}>
      {text}
      {of && <span className="sr"> {of}</span>}
    </Link>
  )
}

export interface KeyFigure {
  label: ReactNode
  value: number | string
  href?: string
  /** « + 12 % sur 2021 », « 295 à 331 avec 36 non identifiées » */
  detail?: ReactNode
  current?: boolean
}

/** The strip of numbers at the head of a page. */
export const KeyFigures = ({ items, label }: { items: readonly KeyFigure[]; label?: string }) => (
  <ul className="keys" aria-label={label}>
    {items.map(({ value, href, current, label: name, detail }, i) => (
      <li key={i} className={current ? 'on' : undefined}>
        <b>
          <Figure value={value} href={href} current={current} of={typeof name === 'string' ? name : undefined} />
        </b>
        <p>
          {name}
          {detail && <span className="small soft">{detail}</span>}
        </p>
      </li>
    ))}
  </ul>
)

/** The definition printed beside a figure. */
export const DefinitionNote = ({ children }: { children: ReactNode }) => <p className="note">{children}</p>

interface DrawerProps {
  /** What the panel answers: « D’où vient ce chiffre ? ». */
  kicker?: string
  title: ReactNode
  definition?: ReactNode
  actions?: ReactNode
  closeHref?: string
  children: ReactNode
}

/** The panel beside the page: CSS only; on a narrow screen it comes first, under the title. */
export const Drawer = ({
  kicker = 'D’où vient ce chiffre\u202f?',
  title,
  definition,
  actions,
  closeHref,
  children,
}: DrawerProps) => (
  <aside className="drawer" id="panneau" aria-label={kicker}>
    <div className="drawer-head">
      <p className="small soft">{kicker}</p>
      {closeHref && (
        <Link className="drawer-close small" href={closeHref} stay>
          Fermer
        </Link>
      )}
    </div>
    <h2>{title}</h2>
    {definition && <div className="small soft">{definition}</div>}
    {actions && <div className="row">{actions}</div>}
    {children}
  </aside>
)

/** A page with its panel; without one, the page has the whole width. */
export const WithDrawer = ({ drawer, children }: { drawer?: ReactNode; children: ReactNode }) => (
  <div className={drawer ? 'with-drawer open' : 'with-drawer'}>
    <div className="with-drawer-body">{children}</div>
    {drawer}
  </div>
)
