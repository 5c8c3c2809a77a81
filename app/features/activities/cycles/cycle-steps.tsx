import { DateBlock, StateTag } from '#app/ui/content.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { capitalize, formatDateTimeRange, isoDay, nb } from '#app/ui/french.ts'
import { Link } from '#app/ui/link.tsx'
import { PlacesLeft } from '../agenda/activity-parts.tsx'
import { whereWords } from '../agenda/words.ts'
import { attendanceModeLabels, type AttendanceMode } from '../labels.ts'
import type { Standing } from '../registration/state.ts'
import type { PublicCycle } from './public-cycle.server.ts'

type Step = PublicCycle['steps'][number]

/** The activities of a cycle, in order, each with its places. */
export const CycleSteps = ({ steps, level = 'h3' }: { steps: readonly Step[]; level?: 'h2' | 'h3' }) => (
  <ol className="lines cycle-steps">
    {steps.map((step) => (
      <li key={step.activity.id}>
        <StepLine step={step} level={level} />
      </li>
    ))}
  </ol>
)

function StepLine({ step: { activity, state, places }, level: Title }: { step: Step; level: 'h2' | 'h3' }) {
  const all = Object.entries(places) as [AttendanceMode, Standing][]
  return (
    <Link className="agenda-line" href={`/agenda/${activity.slug}`}>
      {activity.startsAt ? (
        <DateBlock date={isoDay(activity.startsAt)} />
      ) : (
        <span className="soft">Date à préciser</span>
      )}
      <div>
        <Title className="h3">{nb(activity.title)}</Title>
        {activity.startsAt && activity.endsAt && (
          <span className="soft">
            <Fr>{capitalize(formatDateTimeRange(activity.startsAt, activity.endsAt))}</Fr>
          </span>
        )}
      </div>
      <span className="small agenda-where">
        <span>{whereWords(activity.mode, activity.place)}</span>
        {state === 'open' ? (
          all.map(([mode, standing]) => (
            <span key={mode}>
              {all.length > 1 && `${attendanceModeLabels[mode]} : `}
              <PlacesLeft standing={standing} waitingList={activity.waitingList} />
            </span>
          ))
        ) : (
          <StateTag tone={state === 'cancelled' ? 'bad' : 'neutral'}>{stateWords[state]}</StateTag>
        )}
      </span>
    </Link>
  )
}

const stateWords = {
  'not-open': 'Inscription pas encore ouverte',
  closed: 'Inscriptions closes',
  cancelled: 'Annulée',
  over: 'A eu lieu',
} as const
