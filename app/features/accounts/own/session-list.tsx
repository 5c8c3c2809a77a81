import { Form } from 'react-router'
import { ConfirmForm } from '#app/ui/confirm-form.tsx'
import { StateTag } from '#app/ui/content.tsx'
import { Fr, Moment } from '#app/ui/fr.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'

interface Shown {
  id: string
  device: string | null
  createdAt: Date
  lastSeenAt: Date
  current: boolean
}

/** Where one's account is open, and the way to close each. */
export function SessionList({ sessions }: { sessions: readonly Shown[] }) {
  return (
    <div className="stack">
      <ul className="lines">
        {sessions.map(({ id, device, createdAt, lastSeenAt, current }) => (
          <li key={id}>
            <div className="row">
              <div>
                <strong>{device ?? 'Appareil inconnu'}</strong>{' '}
                {current && <StateTag tone="good">cet appareil</StateTag>}
                <p className="small soft">
                  Vu le <Moment date={lastSeenAt} /> · connecté le <Moment date={createdAt} />
                </p>
              </div>
              {!current && (
                <Form method="post" preventScrollReset className="end">
                  <input type="hidden" name="session" value={id} />
                  <SubmitButton look="quiet" small name="intent" value="close-session">
                    Déconnecter<span className="sr"> {device ?? 'l’appareil inconnu'}</span>
                  </SubmitButton>
                </Form>
              )}
            </div>
          </li>
        ))}
      </ul>
      <div className="row">
        {sessions.length > 1 && (
          <ConfirmForm
            label="Déconnecter les autres appareils…"
            question={<Fr>Tous vos appareils seront déconnectés, sauf celui-ci.</Fr>}
            confirmLabel="Déconnecter les autres"
            values={{ intent: 'sign-out-elsewhere' }}
          />
        )}
        <ConfirmForm
          label="Me déconnecter partout…"
          question={<Fr>Tous vos appareils seront déconnectés, celui-ci compris. Vous devrez vous reconnecter.</Fr>}
          confirmLabel="Me déconnecter partout"
          values={{ intent: 'sign-out-everywhere' }}
        />
      </div>
    </div>
  )
}
