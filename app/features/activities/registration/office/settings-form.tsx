import { Form } from 'react-router'
import type { FormErrors, FormValues } from '#app/platform/forms.server.ts'
import { Checkbox } from '#app/ui/choices.tsx'
import { StateTag } from '#app/ui/content.tsx'
import { Meter } from '#app/ui/feedback.tsx'
import { ErrorSummary, FieldRow } from '#app/ui/form-layout.tsx'
import { isoDay, isoTime, plural } from '#app/ui/french.ts'
import { DateTimeField, NumberField } from '#app/ui/inputs.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { activityFieldLabels, attendanceModeLabels, type AttendanceMode } from '../../labels.ts'
import type { ActivityFacts } from '../facts.server.ts'
import type { Places, RegistrationState, Standing } from '../state.ts'

const stateWords: Record<RegistrationState, { words: string; tone: 'good' | 'warn' | 'bad' | 'neutral' }> = {
  open: { words: 'Inscriptions ouvertes', tone: 'good' },
  'not-open': { words: 'Inscriptions fermées', tone: 'neutral' },
  closed: { words: 'Inscriptions closes', tone: 'neutral' },
  over: { words: 'Activité terminée', tone: 'neutral' },
  cancelled: { words: 'Activité annulée', tone: 'bad' },
}

/** Where registrations stand: open or not, places taken, who waits. */
export const PlacesSummary = ({
  places,
  open,
}: {
  activity: Pick<ActivityFacts, 'mode'>
  places: Places
  open: RegistrationState
}) => (
  <div className="stack tight">
    <p>
      <StateTag tone={stateWords[open].tone}>{stateWords[open].words}</StateTag>
    </p>
    {(Object.entries(places) as [AttendanceMode, Standing][]).map(([mode, standing]) => (
      <p key={mode} className="row">
        <span>
          {attendanceModeLabels[mode]} : {placesWords(standing)}
        </span>
        {standing.capacity !== null && (
          <span className="row" style={{ flex: '0 1 20rem' }}>
            <Meter
              value={standing.taken}
              max={standing.capacity}
              label={placesWords(standing)}
              tone={standing.taken >= standing.capacity ? 'warn' : undefined}
            />
          </span>
        )}
      </p>
    ))}
  </div>
)

function placesWords({ capacity, taken, waiting }: Standing): string {
  const held =
    capacity === null ? plural(taken, 'inscrit·e', 'inscrit·es') : `${taken} sur ${plural(capacity, 'place')}`
  return waiting > 0 ? `${held}, ${waiting} en attente` : held
}

interface SettingsProps {
  activity: ActivityFacts
  errors?: FormErrors
  values?: FormValues
}

/** Opening, closing date, places: what changes while registrations come in. */
export function SettingsForm({ activity, errors, values }: SettingsProps) {
  const sent = values && Object.keys(values).length > 0 ? values : null
  const text = (name: string, kept: string) => (sent ? String(sent[name] ?? '') : kept)
  const ticked = (name: keyof ActivityFacts) => (sent ? sent[name] !== undefined : Boolean(activity[name]))
  const closes = activity.registrationClosesAt
  return (
    <details open={errors !== undefined}>
      <summary>Ouverture, places et questions générales</summary>
      <Form method="post" className="stack space-top">
        <ErrorSummary errors={errors} labels={activityFieldLabels} />
        <Checkbox
          name="registrationOpen"
          label="Les inscriptions sont ouvertes"
          defaultChecked={ticked('registrationOpen')}
        />
        <FieldRow>
          <DateTimeField
            name="registrationClosesAt"
            label="Clôture des inscriptions"
            hint="Sans date : au début de l’activité."
            optional
            defaultValue={text('registrationClosesAt', closes ? `${isoDay(closes)}T${isoTime(closes)}` : '')}
            errors={errors?.registrationClosesAt}
          />
          {activity.mode !== 'distanciel' && (
            <NumberField
              name="capacityOnsite"
              label="Places sur place"
              hint="Vide : sans limite."
              optional
              defaultValue={text('capacityOnsite', String(activity.capacityOnsite ?? ''))}
              errors={errors?.capacityOnsite}
            />
          )}
          {activity.mode !== 'presentiel' && (
            <NumberField
              name="capacityRemote"
              label="Places à distance"
              hint="Vide : sans limite."
              optional
              defaultValue={text('capacityRemote', String(activity.capacityRemote ?? ''))}
              errors={errors?.capacityRemote}
            />
          )}
        </FieldRow>
        {activity.mode === 'distanciel' && (
          <input type="hidden" name="capacityOnsite" value={activity.capacityOnsite ?? ''} />
        )}
        {activity.mode === 'presentiel' && (
          <input type="hidden" name="capacityRemote" value={activity.capacityRemote ?? ''} />
        )}
        <Checkbox
          name="waitingList"
          label="Tenir une liste d’attente quand c’est complet"
          hint="Une place qui se libère va à la première personne qui attend, et un message le lui annonce."
          defaultChecked={ticked('waitingList')}
        />
        <Checkbox
          name="askAccessibility"
          label="Demander les besoins d’accessibilité"
          defaultChecked={ticked('askAccessibility')}
        />
        <Checkbox name="askPhotos" label="Demander l’accord pour les photos" defaultChecked={ticked('askPhotos')} />
        <p>
          <SubmitButton pendingLabel="Enregistrement…">Enregistrer</SubmitButton>
        </p>
      </Form>
    </details>
  )
}
