import type { Panel, PanelItem } from '#app/platform/panels.server.ts'
import { Section, StateTag } from '#app/ui/content.tsx'
import { EmptyState } from '#app/ui/feedback.tsx'
import { Day } from '#app/ui/fr.tsx'
import { formatNumber, isoDay, nb } from '#app/ui/french.ts'
import { Link } from '#app/ui/link.tsx'

/** A long list stays folded until one asks. */
const FOLD = 12

/** The memory of a territory: what was done there year after year, who and which organisations, whoever is in charge today. */
export function Memory({ panels }: { panels: readonly Panel[] }) {
  const filled = panels.filter(({ total }) => total > 0).sort((a, b) => Number(dated(b)) - Number(dated(a)))
  return (
    <Section title="Mémoire du territoire">
      {filled.length === 0 && (
        <EmptyState title="Rien encore sur ce territoire">
          <p>
            Les activités, les organisations et les personnes rattachées à ce territoire apparaîtront ici, année après
            année.
          </p>
        </EmptyState>
      )}
      <div className="stack">
        {filled.map((panel) => (
          <PanelPart key={panel.key} panel={panel} />
        ))}
      </div>
    </Section>
  )
}

const dated = ({ items }: Panel) => items.some(({ day }) => day)

const PanelPart = ({ panel }: { panel: Panel }) => (
  <section className="stack tight">
    <h3>
      {panel.title} <span className="count">{formatNumber(panel.total)}</span>
    </h3>
    {dated(panel) ? <Years items={panel.items} /> : <Names items={panel.items} />}
    <More panel={panel} />
  </section>
)

const Years = ({ items }: { items: readonly PanelItem[] }) =>
  byYear(items).map((group) => (
    <div key={group.year ?? 'sans date'} className="stack tight">
      <h4>{group.year ?? 'Sans date'}</h4>
      <Lines items={group.items} />
    </div>
  ))

const Names = ({ items }: { items: readonly PanelItem[] }) => (
  <>
    <Lines items={items.slice(0, FOLD)} />
    {items.length > FOLD && (
      <details className="stack tight">
        <summary>{formatNumber(items.length - FOLD)} de plus</summary>
        <Lines items={items.slice(FOLD)} />
      </details>
    )}
  </>
)

/** A panel brings the latest 50. */
const More = ({ panel: { items, total, moreHref } }: { panel: Panel }) =>
  items.length < total && (
    <p className="small soft">
      {nb(`${formatNumber(items.length)} sur ${formatNumber(total)} ici. `)}
      {moreHref && <Link href={moreHref}>Tout voir</Link>}
    </p>
  )

const yearOf = ({ day }: PanelItem) => (day ? isoDay(day).slice(0, 4) : null)

function byYear(items: readonly PanelItem[]) {
  const years = [...new Set(items.map(yearOf))]
  return years.map((year) => ({ year, items: items.filter((item) => yearOf(item) === year) }))
}

const Lines = ({ items }: { items: readonly PanelItem[] }) => (
  <ul className="lines">
    {items.map((item) => (
      <Line key={item.id} item={item} />
    ))}
  </ul>
)

const Line = ({ item: { label, detail, day, state, href } }: { item: PanelItem }) => (
  <li>
    <div className="row">
      {day && (
        <span className="small soft">
          <Day date={day} style="day-month" />{' '}
        </span>
      )}
      <Link href={href}>{nb(label)}</Link> {detail && <span className="small soft">{detail}</span>}{' '}
      {state && <StateTag tone="neutral">{state}</StateTag>}
    </div>
  </li>
)
