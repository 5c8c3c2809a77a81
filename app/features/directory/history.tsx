import { Section, Timeline } from '#app/ui/content.tsx'
import { Moment } from '#app/ui/fr.tsx'
import { Link } from '#app/ui/link.tsx'
import type { HistoryEntry } from './history.server.ts'

const SHOWN = 3

/** Who changed what, when; the latest first, the older ones folded. A merge leads to where it is undone. */
export function History({ entries, mergesHref }: { entries: readonly HistoryEntry[]; mergesHref?: string }) {
  const lines = entries.map(({ id, at, who, what, merge, changes }) => ({
    id,
    when: <Moment date={at} />,
    who,
    what: merge && mergesHref ? <Link href={mergesHref}>{what}</Link> : what,
    changes: changes.map(({ field, before, after }) => ({ field, before: before || undefined, after })),
  }))
  return (
    <Section title="Historique" id="historique">
      {lines.length === 0 && <p className="soft">Rien n’a encore changé sur cette fiche.</p>}
      <Timeline entries={lines.slice(0, SHOWN)} />
      {lines.length > SHOWN && (
        <details>
          <summary>Tout l’historique</summary>
          <Timeline entries={lines.slice(SHOWN)} />
        </details>
      )}
    </Section>
  )
}
