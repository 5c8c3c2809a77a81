import type { Panel } from '#app/platform/panels.server.ts'
import { Section, StateTag } from '#app/ui/content.tsx'
import { Day } from '#app/ui/fr.tsx'
import { formatNumber, nb } from '#app/ui/french.ts'
import { Link } from '#app/ui/link.tsx'

/** Everything that touches this record, as the other features tell it. */
export const Panels = ({ panels }: { panels: readonly Panel[] }) =>
  panels.map(({ key, title, total, items, moreHref }) => (
    <Section
      key={key}
      title={
        <>
          {title} <span className="count">{formatNumber(total)}</span>
        </>
      }
      actions={moreHref && items.length < total && <Link href={moreHref}>Tout voir</Link>}
    >
      {items.length === 0 ? (
        <p className="soft">Rien pour le moment.</p>
      ) : (
        <ul className="lines">
          {items.map(({ id, label, detail, day, state, href }) => (
            <li key={id}>
              {day && (
                <span className="small soft">
                  <Day date={day} style="short" />{' '}
                </span>
              )}
              <Link href={href}>{nb(label)}</Link> {detail && <span className="small soft">{detail}</span>}{' '}
              {state && <StateTag tone="neutral">{state}</StateTag>}
            </li>
          ))}
        </ul>
      )}
    </Section>
  ))
