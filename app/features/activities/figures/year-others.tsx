import { DescriptionList, Section } from '#app/ui/content.tsx'
import { Notice } from '#app/ui/feedback.tsx'
import { Figure } from '#app/ui/figure.tsx'
import { formatPercent, plural } from '#app/ui/french.ts'
import { Link } from '#app/ui/link.tsx'
import type { YearPage } from './year-page.server.ts'

/** Shares and training cycles: each opens on its definition and its rows, in its own perimeter. */
export function Others({ page: { asked, others, toShare } }: { page: YearPage }) {
  if (others.length === 0) return null
  const year = `?annee=${asked.year}`
  return (
    <Section title="Partage et cycles de formation">
      {toShare > 0 && (
        <Notice
          tone="warn"
          title={plural(toShare, 'activité co-organisée à partager', 'activités co-organisées à partager')}
        >
          <Link href={`/bureau/partages${year}`}>Dire qui compte quoi</Link>
        </Notice>
      )}
      <DescriptionList
        items={others.map(({ id, label, kind, value }) => ({
          label,
          value: (
            <Figure
              value={kind === 'ratio' ? formatPercent(value) : value}
              href={`/bureau/chiffres/${id}${year}`}
              of={label.toLowerCase()}
            />
          ),
        }))}
      />
    </Section>
  )
}
