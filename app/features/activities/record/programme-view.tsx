import { EmptyState } from '#app/ui/feedback.tsx'
import { Moment } from '#app/ui/fr.tsx'
import type { Programme } from './set-programme.server.ts'

/** For who reads only. */
export function ProgrammeView({ programme: { items, speakers } }: { programme: Programme }) {
  if (items.length === 0 && speakers.length === 0)
    return (
      <EmptyState title="Pas encore de programme">
        <p>Le déroulé et les intervenants se tiendront ici.</p>
      </EmptyState>
    )
  const general = speakers.filter(({ programmeItemId }) => programmeItemId === null)
  return (
    <ol className="stack">
      {items.map(({ id, startsAt, title, description }) => (
        <li key={id}>
          <p>
            {startsAt && (
              <span className="soft">
                <Moment date={startsAt} /> ·{' '}
              </span>
            )}
            <b>{title}</b>
          </p>
          {description && <p className="pre">{description}</p>}
          <SpeakerNames speakers={speakers.filter(({ programmeItemId }) => programmeItemId === id)} />
        </li>
      ))}
      {general.length > 0 && (
        <li>
          <SpeakerNames speakers={general} />
        </li>
      )}
    </ol>
  )
}

const SpeakerNames = ({ speakers }: { speakers: Programme['speakers'] }) =>
  speakers.length > 0 && (
    <ul className="soft">
      {speakers.map(({ id, name, function: role, organisationName }) => (
        <li key={id}>{[name, role, organisationName].filter(Boolean).join(', ')}</li>
      ))}
    </ul>
  )
