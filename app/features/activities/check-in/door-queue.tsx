import { useState } from 'react'
import { Button } from '#app/ui/button.tsx'
import { formatTime, nb, plural } from '#app/ui/french.ts'
import { type Queued, waiting } from './device-state.ts'
import type { Door, Settling } from './use-door.ts'
import { nameOf, saidOf } from './words.ts'

/** What has not left yet and why, what waits for somebody, and how to hand the device back. */
export function DoorQueue({ door, back }: { door: Door; back?: string }) {
  const { state, keeps } = door
  const toSettle = state.queue.filter(({ outcome }) => outcome)
  return (
    <footer className="check-in-foot">
      <Network door={door} />
      {toSettle.length > 0 && (
        <section className="stack tight">
          <h2>À régler</h2>
          <ul className="check-in-settle">
            {toSettle.map((queued) => (
              <ToSettle key={queued.gesture.key} queued={queued} door={door} />
            ))}
          </ul>
        </section>
      )}
      <p className="small soft">
        {keeps.durable
          ? keeps.page
            ? 'Prêt pour une coupure de réseau : cette page se rouvre sans connexion, jusqu’à ce soir.'
            : 'Cette page, laissée ouverte, continue pendant une coupure de réseau.'
          : 'Ce navigateur ne garde rien : ne fermez pas cette page tant que des gestes attendent.'}
      </p>
      <div className="row">
        <label className="small">
          <input
            type="checkbox"
            checked={door.sound}
            onChange={(event) => door.setSound(event.currentTarget.checked)}
          />{' '}
          Son
        </label>
        <HandBack door={door} back={back} />
      </div>
    </footer>
  )
}

/** « 3 gestes en attente, hors connexion depuis 9 h 12 » */
function Network({ door: { state, tryAgain } }: { door: Door }) {
  const left = waiting(state.queue).length
  const words = [
    left > 0 && `${plural(left, 'geste')} en attente`,
    state.offlineSince !== null && `hors connexion depuis ${formatTime(new Date(state.offlineSince))}`,
  ].filter(Boolean)
  const calm = state.failures === 0
  return (
    <div className={calm ? 'check-in-network' : 'check-in-network cut'} role="status" data-waiting={left}>
      <span>{words.length > 0 ? nb(words.join(', ')) : 'Tout est enregistré'}</span>
      {state.trouble && state.offlineSince === null && <span>{state.trouble}</span>}
      {!calm && !state.closed && (
        <Button small onClick={tryAgain}>
          Réessayer
        </Button>
      )}
    </div>
  )
}

function ToSettle({ queued, door }: { queued: Queued; door: Door }) {
  const { gesture, outcome } = queued
  const row = door.rows.find(({ id }) => id === outcome!.id)
  const settle = (how: Settling) => () => door.settle(queued, how)
  if (outcome!.outcome === 'same-name' && gesture.kind === 'walk-in')
    return (
      <li>
        <p>
          {nb(
            `Une personne du nom de ${nameOf(gesture)} est déjà sur la liste${row?.organisation ? ` (${row.organisation})` : ''}. Est-ce elle ?`,
          )}
        </p>
        <p className="row">
          <Button look="primary" onClick={settle('same')}>
            C’est la même personne
          </Button>
          <Button onClick={settle('another')}>C’est une autre personne</Button>
          <Button look="plain" onClick={settle('read')}>
            Ne rien faire
          </Button>
        </p>
      </li>
    )
  const said = saidOf(gesture, outcome!, row)
  return (
    <li>
      <p>{[said?.title ?? 'Ce geste n’a pas été enregistré', said?.detail].filter(Boolean).join(' – ')}</p>
      <p className="row">
        {said?.admit && (
          <Button look="primary" onClick={settle('admit')}>
            Faire entrer
          </Button>
        )}
        <Button onClick={settle('read')}>{said?.admit ? 'Ne pas faire entrer' : 'C’est lu'}</Button>
      </p>
    </li>
  )
}

/** The device goes back to its owner: nobody’s name stays on it. */
function HandBack({ door, back }: { door: Door; back?: string }) {
  const [asked, setAsked] = useState(false)
  const left = door.state.queue.length
  const leave = async () => {
    await door.handBack()
    window.location.assign(back ?? '/')
  }
  if (!asked)
    return (
      <Button small onClick={() => setAsked(true)}>
        Terminer sur cet appareil…
      </Button>
    )
  return (
    <div className="check-in-said warn">
      <p>
        {left > 0
          ? nb(`${plural(left, 'geste attend', 'gestes attendent')} encore : les effacer les perdrait.`)
          : 'La liste et la page seront effacées de cet appareil.'}
      </p>
      <p className="row">
        <Button look={left > 0 ? 'danger' : 'primary'} onClick={() => void leave()}>
          {left > 0 ? 'Effacer et perdre ces gestes' : 'Effacer et terminer'}
        </Button>
        <Button look="plain" onClick={() => setAsked(false)}>
          Continuer l’accueil
        </Button>
      </p>
    </div>
  )
}
