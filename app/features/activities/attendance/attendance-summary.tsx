import { Form } from 'react-router'
import { Button } from '#app/ui/button.tsx'
import { Kbd } from '#app/ui/content.tsx'
import { Meter, Notice } from '#app/ui/feedback.tsx'
import { ErrorSummary } from '#app/ui/form-layout.tsx'
import { formatNumber, plural } from '#app/ui/french.ts'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import type { Said } from './page-action.server.ts'
import type { Sheet } from './sheet.server.ts'
import { expectedOf } from './ticks.ts'
import type { useTicks } from './use-ticks.ts'

interface SummaryProps {
  counts: Sheet['counts']
  hybrid: boolean
  readOnly: boolean
}

/** « 41 / 62 », the meter, the words, and the two gestures that tick many. */
export function AttendanceSummary({ counts, hybrid, readOnly }: SummaryProps) {
  const expected = expectedOf(counts)
  const { present, registered } = counts
  return (
    <div className="attendance-summary">
      <b>
        {formatNumber(present)} / {formatNumber(expected)}
      </b>
      <Meter
        value={present}
        max={expected}
        label={`${plural(present, 'présence')} sur ${plural(expected, 'personne attendue', 'personnes attendues')}`}
      />
      <span className="small soft" aria-live="polite">
        {words(counts, hybrid)}
      </span>
      {!readOnly && registered > 0 && (
        <Form method="post" preventScrollReset className="row screen-only">
          <SubmitButton look="quiet" small name="intent" value="tous-presents">
            Tout pointer présent
          </SubmitButton>
          <SubmitButton look="quiet" small name="intent" value="autres-absents">
            Les non pointés absents
          </SubmitButton>
        </Form>
      )}
    </div>
  )
}

function words(
  { present, excused, absent, registered, waitlisted, onsite, remote }: Sheet['counts'],
  hybrid: boolean,
): string {
  const places = hybrid && present > 0 ? ` (${formatNumber(onsite)} sur place, ${formatNumber(remote)} à distance)` : ''
  return [
    `${plural(present, 'présente')}${places}`,
    plural(excused, 'excusée'),
    plural(absent, 'absente'),
    `${formatNumber(registered)} à pointer`,
    waitlisted > 0 && `${formatNumber(waitlisted)} en liste d’attente`,
  ]
    .filter(Boolean)
    .join(', ')
}

/** What a form of the page has done, and its way back. */
export function SaidNotice({ said }: { said?: Said }) {
  if (!said) return null
  if (said.errors && said.intent !== 'ajouter' && said.intent !== 'non-identifiees')
    return <ErrorSummary errors={said.errors} />
  if (!said.notice) return null
  return (
    <Notice tone="good">
      <div className="row">
        <span>{said.notice}</span>
        {said.undo && <UndoForm intent="annuler" name="trace" value={said.undo} label="Annuler" />}
        {said.walkIn?.added && (
          <UndoForm intent="retirer" name="ligne" value={said.walkIn.attendanceId} label="Retirer de la liste" />
        )}
      </div>
    </Notice>
  )
}

const UndoForm = ({ intent, name, value, label }: { intent: string; name: string; value: string; label: string }) => (
  <Form method="post" preventScrollReset>
    <input type="hidden" name="intent" value={intent} />
    <input type="hidden" name={name} value={value} />
    <SubmitButton look="plain" name="geste" value={intent}>
      {label}
    </SubmitButton>
  </Form>
)

/** The state of the ticks: saved, waiting for the network, refused; and the way back of the last one. */
export function TickTrouble({ ticks }: { ticks: ReturnType<typeof useTicks> }) {
  const { trouble, unsaved, said, canUndo, undo, tryAgain } = ticks
  return (
    <div className="script-only">
      <div className="row small" role="status">
        {trouble ? (
          <Notice tone={unsaved > 0 ? 'warn' : 'bad'}>
            <div className="row">
              <span>
                {trouble}
                {unsaved > 0 &&
                  ` ${plural(unsaved, 'pointage attend', 'pointages attendent')} ici et partiront d’eux-mêmes dès que possible.`}
              </span>
              {unsaved > 0 && (
                <Button look="plain" onClick={tryAgain}>
                  Réessayer maintenant
                </Button>
              )}
            </div>
          </Notice>
        ) : (
          <>
            <span className="soft">{unsaved > 0 ? 'Enregistrement…' : 'Chaque pointage est enregistré aussitôt.'}</span>
            {canUndo && (
              <Button look="plain" onClick={undo}>
                Annuler le dernier pointage <Kbd>Z</Kbd>
              </Button>
            )}
          </>
        )}
        {said.map((sentence) => (
          <span key={sentence}>{sentence}</span>
        ))}
      </div>
    </div>
  )
}
