import { Section } from '#app/ui/content.tsx'
import { Notice } from '#app/ui/feedback.tsx'
import { Link } from '#app/ui/link.tsx'
import { UndoForm } from './merge-list.tsx'
import type { MergeLine } from './merges-of.server.ts'

/** What has just been done, said on the record it leads to. */
export function MergeDone({ done }: { done: string | null }) {
  if (done === 'fusion') return <Notice tone="good" title="Les deux fiches n’en font plus qu’une" />
  if (done === 'separation')
    return <Notice tone="good" title="La fusion est défaite : cette fiche est de nouveau à part" />
  return null
}

/** The records merged into this one, each with what parts them again. */
export function Absorbed({ merges, href }: { merges: readonly MergeLine[]; href: string }) {
  const standing = merges.filter(({ undone }) => !undone)
  if (merges.length === 0) return null
  return (
    <Section title="Fiches fusionnées avec celle-ci" actions={<Link href={`${href}/fusions`}>Détail</Link>}>
      {standing.length === 0 && <p className="soft">Plus aucune.</p>}
      <ul className="lines">
        {standing.map(({ id, dropped }) => (
          <li key={id} className="stack">
            <span>{dropped.name}</span>
            <UndoForm action={`${href}/fusions`} mergeId={id} name={dropped.name} />
          </li>
        ))}
      </ul>
    </Section>
  )
}
