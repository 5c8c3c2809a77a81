import type { Panel, PanelItem } from '#app/platform/panels.server.ts'
import { Section, StateTag } from '#app/ui/content.tsx'
import { EmptyState } from '#app/ui/feedback.tsx'
import { Day } from '#app/ui/fr.tsx'
import { formatNumber, isoDay } from '#app/ui/french.ts'
import { Link } from '#app/ui/link.tsx'

/** The memory of a territory: who and what, over the years, whoever is in charge today. */
export const Memory = ({ panels }: { panels: readonly Panel[] }) => {
  const filled = panels.filter(({ total }) => total > 0)
  if (filled.length === 0) {
    return (
      <Section title="Mémoire du territoire">
        <EmptyState title="Rien encore sur ce territoire">
          <p>
            Les personnes, les organisations et les activités rattachées à ce territoire apparaîtront ici, année après
            année.
          </p>
        </EmptyState>
      </Section>
    )
  }
  return filled.map((panel) => (
    <Section
      key={panel.key}
      title={
        <>
          {panel.title} <span className="count">{formatNumber(panel.total)}</span>
        </>
      }
      actions={panel.moreHref && panel.items.length < panel.total && <Link href={panel.moreHref}>Tout voir</Link>}
    >
      {byYear(panel.items).map(({ year, items }) => (
        <div key={year ?? 'sans date'}>
          {year && <h3>{year}</h3>}
          <ul className="lines">
            {items.map((item) => (
              <Item key={item.id} item={item} />
            ))}
          </ul>
        </div>
      ))}
    </Section>
  ))
}

function byYear(items: readonly PanelItem[]) {
  const years = [...new Set(items.map(({ day }) => (day ? isoDay(day).slice(0, 4) : null)))]
  return years.map((year) => ({
    year,
    items: items.filter(({ day }) => (day ? isoDay(day).slice(0, 4) : null) === year),
  }))
}

const Item = ({ item: { label, detail, day, state, href } }: { item: PanelItem }) => (
  <li>
    {day && (
      <span className="small soft">
        <Day date={day} style="day-month" />{' '}
      </span>
    )}
    <Link href={href}>{label}</Link> {detail && <span className="small soft">{detail}</span>}{' '}
    {state && <StateTag tone="neutral">{state}</StateTag>}
  </li>
)
