import '../house.css'
import type { Progress as ProgressRow } from '#app/platform/progress.server.ts'
import { Section, StateTag } from '#app/ui/content.tsx'
import { Progress } from '#app/ui/feedback.tsx'
import { Fr, Moment } from '#app/ui/fr.tsx'

/** Long works: a bar for those under way, a word for those that ended. */
export const ProgressList = ({ list }: { list: readonly ProgressRow[] }) =>
  list.length > 0 && (
    <Section title="Travaux longs" id="travaux">
      <ul className="lines works">
        {list.map((row) => (
          <li key={row.id}>{row.finishedAt ? <Ended row={row} /> : <UnderWay row={row} />}</li>
        ))}
      </ul>
    </Section>
  )

const UnderWay = ({ row: { label, step, done, total } }: { row: ProgressRow }) => (
  <Progress
    label={step ? `${label}\u202f: ${step}` : label}
    {...(total === null ? {} : { value: done, max: Math.max(total, 1) })}
  />
)

const Ended = ({ row: { label, finishedAt, failedReason } }: { row: ProgressRow }) => (
  <>
    <p className="row">
      <span>{label}</span>
      <StateTag tone={failedReason ? 'bad' : 'good'}>{failedReason ? 'Interrompu' : 'Terminé'}</StateTag>
      <span className="end small soft">
        <Moment date={finishedAt!} style="short" />
      </span>
    </p>
    {failedReason && (
      <p className="small">
        <Fr>{failedReason}</Fr>
      </p>
    )}
  </>
)
