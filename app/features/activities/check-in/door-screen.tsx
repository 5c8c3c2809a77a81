import { useRef, useState } from 'react'
import { LinkButton } from '#app/ui/button.tsx'
import { Meter, Notice } from '#app/ui/feedback.tsx'
import { Fr, MomentRange } from '#app/ui/fr.tsx'
import { formatNumber, plural } from '#app/ui/french.ts'
import { useHydrated } from '#app/ui/client/use-hydrated.ts'
import { DoorAnswer } from './door-answer.tsx'
import type { DoorHead } from './door-head.server.ts'
import { DoorList } from './door-list.tsx'
import { DoorQueue } from './door-queue.tsx'
import { NewPersonForm } from './new-person-form.tsx'
import { Scanner } from './scanner.tsx'
import { type Door, useDoor } from './use-door.ts'

interface DoorScreenProps {
  head: DoorHead
  source: string
  /** The sheet of the office; a helper has none. */
  back?: string
}

/** Whoever comes in: their code, their name, or one line if they had not registered. */
export function DoorScreen({ head, source, back }: DoorScreenProps) {
  const door = useDoor(source, head.wipeAt)
  const hydrated = useHydrated()
  const [typed, setTyped] = useState('')
  const box = useRef<HTMLInputElement>(null)
  const { state } = door
  return (
    <div className="check-in" data-kept={door.keeps.page || undefined}>
      <title>{`Accueil – ${head.title}`}</title>
      <meta name="robots" content="noindex" />
      <Head head={head} door={door} back={back} />
      {!hydrated && <WithoutScript back={back} />}
      {state.closed ? (
        <Notice tone="bad" title="Accueil fermé sur cet appareil">
          <Fr>{state.closed}</Fr>
        </Notice>
      ) : (
        <>
          <DoorAnswer door={door} />
          <div className="check-in-tools">
            <Scanner onCode={door.scan} disabled={!hydrated} />
            <div className="field check-in-search">
              <label htmlFor="nom">Chercher un nom ou une organisation</label>
              <input
                id="nom"
                ref={box}
                type="search"
                autoComplete="off"
                autoCorrect="off"
                spellCheck={false}
                enterKeyHint="search"
                value={typed}
                onChange={(event) => {
                  setTyped(event.currentTarget.value)
                  door.unsay()
                }}
              />
            </div>
          </div>
          <DoorList
            door={door}
            typed={typed}
            onDone={() => {
              setTyped('')
              box.current?.focus()
            }}
          />
          <NewPersonForm door={door} typed={typed} directory={back !== undefined} onDone={() => setTyped('')} />
        </>
      )}
      <DoorQueue door={door} back={back} />
    </div>
  )
}

const Head = ({ head, door: { counts }, back }: { head: DoorHead; door: Door; back?: string }) => (
  <header className="check-in-head">
    <div>
      <h1>
        <Fr>{head.title}</Fr>
      </h1>
      <p className="small soft">
        {head.startsAt && <MomentRange start={head.startsAt} end={head.endsAt} />}
        {head.place && ` · ${head.place}`}
      </p>
    </div>
    {counts && (
      <p className="check-in-count">
        <b>
          {formatNumber(counts.present)} / {formatNumber(counts.expected)}
        </b>
        <Meter
          value={counts.present}
          max={counts.expected}
          label={`${plural(counts.present, 'personne présente', 'personnes présentes')} sur ${formatNumber(counts.expected)}`}
        />
        <span className="small soft">{placesOf(counts)}</span>
      </p>
    )}
    {back && (
      <LinkButton href={back} small look="plain">
        Feuille de présence
      </LinkButton>
    )}
  </header>
)

const placesOf = ({ places, waiting }: NonNullable<Door['counts']>) =>
  [places !== null && plural(places, 'place'), waiting > 0 && `${formatNumber(waiting)} en liste d’attente`]
    .filter(Boolean)
    .join(' · ')

const WithoutScript = ({ back }: { back?: string }) => (
  <noscript>
    <Notice tone="warn" title="Cette page a besoin de JavaScript">
      {back ? (
        <a href={back}>La feuille de présence se pointe sans.</a>
      ) : (
        'Activez-le, ou ouvrez ce lien sur un autre appareil.'
      )}
    </Notice>
  </noscript>
)
