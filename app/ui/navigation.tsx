import { Fr } from './fr.tsx'
import { formatNumber } from './french.ts'
import { Link } from './link.tsx'
import { currentItem, type NavItem } from './nav.ts'

export const NavLinks = ({ items, path }: { items: readonly NavItem[]; path?: string }) => {
  const current = currentItem(items, path)
  return (
    <ul>
      {items.map((item) => (
        <li key={item.href}>
          <Link href={item.href} aria-current={item === current ? 'page' : undefined}>
            {item.label}
            {item.count !== undefined && <span className="count"> {formatNumber(item.count)}</span>}
          </Link>
        </li>
      ))}
    </ul>
  )
}

/** Where the page stands. The last word, the page itself, is not repeated: it is the title. */
export const Breadcrumb = ({ items }: { items: readonly { label: string; href?: string }[] }) => (
  <nav className="breadcrumb" aria-label="Fil d’Ariane">
    <ol>
      {items.map(({ label, href }) => (
        <li key={label}>{href ? <Link href={href}>{label}</Link> : <span>{label}</span>}</li>
      ))}
    </ol>
  </nav>
)

/** Parts of one record, each with its own address. */
export const Tabs = ({ items, path, label }: { items: readonly NavItem[]; path?: string; label: string }) => (
  <nav className="tabs" aria-label={label}>
    <NavLinks items={items} path={path} />
  </nav>
)

interface PaginationProps {
  page: number
  pageSize: number
  total: number
  hrefOf: (page: number) => string
  /** What is counted: « 1 à 25 sur 403 personnes ». */
  noun?: string
}

export function Pagination({ page, pageSize, total, hrefOf, noun }: PaginationProps) {
  const last = Math.max(1, Math.ceil(total / pageSize))
  const [from, to] = [(page - 1) * pageSize + 1, Math.min(total, page * pageSize)]
  const range = `${formatNumber(from)} à ${formatNumber(to)} sur ${formatNumber(total)}${noun ? ` ${noun}` : ''}`
  if (last === 1) return null
  return (
    <nav className="pagination" aria-label="Pages de la liste">
      <p className="small soft">{range}</p>
      <ul>
        <li>
          {page > 1 ? (
            <Link href={hrefOf(page - 1)} rel="prev">
              ‹ Précédente
            </Link>
          ) : (
            <span className="soft">‹ Précédente</span>
          )}
        </li>
        {pagesAround(page, last).map((number, i) =>
          number === null ? (
            <li key={`gap-${i}`} className="gap" aria-hidden="true">
              …
            </li>
          ) : (
            <li key={number} className="number">
              <Link
                href={hrefOf(number)}
                aria-current={number === page ? 'page' : undefined}
                aria-label={`Page ${number}`}
              >
                {formatNumber(number)}
              </Link>
            </li>
          ),
        )}
        <li>
          {page < last ? (
            <Link href={hrefOf(page + 1)} rel="next">
              Suivante ›
            </Link>
          ) : (
            <span className="soft">Suivante ›</span>
          )}
        </li>
      </ul>
    </nav>
  )
}

/** 1 … 4 [5] 6 … 17: null stands for a gap. */
export function pagesAround(page: number, last: number): (number | null)[] {
  const shown = [...new Set([1, page - 1, page, page + 1, last])]
    .filter((n) => n >= 1 && n <= last)
    .sort((a, b) => a - b)
  return shown.flatMap((n, i) => {
    const before = shown[i - 1] ?? 0
    if (n - before <= 1) return [n]
    return n - before === 2 ? [n - 1, n] : [null, n]
  })
}

/** Inside a menu that is a popover on phones. */
export const CloseMenu = ({ target }: { target: string }) => (
  <button type="button" className="button quiet small menu-close" popoverTarget={target} popoverTargetAction="hide">
    Fermer
  </button>
)

/** A link that skips to the content: the first thing the keyboard meets. */
export const SkipLink = () => (
  <a className="skip" href="#contenu">
    <Fr>Aller au contenu</Fr>
  </a>
)
