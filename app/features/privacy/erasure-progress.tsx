import { Notice, Progress } from '#app/ui/feedback.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { Link } from '#app/ui/link.tsx'
import type { Work } from './review/work.server.ts'
import { reportSentence } from './sentences.ts'
import { useProgress } from './use-progress.ts'

/** An erasure in background, as far as it is; then what was done and who was left. */
export function ErasureProgress({ work }: { work: Work }) {
  useProgress(!work.finished)
  if (work.failedReason) return <Notice tone="bad">{work.failedReason}</Notice>
  if (work.report)
    return (
      <Notice tone="good" title="L’effacement est terminé">
        <p>
          <Fr>{reportSentence(work.report)}</Fr>
        </p>
      </Notice>
    )
  return (
    <div className="stack tight">
      <Progress label="Effacement en cours" value={work.done} max={Math.max(work.total ?? 0, 1)} />
      <p className="small">
        <Link href="">Actualiser</Link>
      </p>
    </div>
  )
}
