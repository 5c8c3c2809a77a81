import { type FormEvent, useEffect, useState } from 'react'
import { Button } from '#app/ui/button.tsx'
import { TextField } from '#app/ui/inputs.tsx'
import { twins } from './search.ts'
import type { Door, NewPerson } from './use-door.ts'
import { nameOf } from './words.ts'

interface NewPersonFormProps {
  door: Door
  typed: string
  /** The team finds people in the directory; a helper only on the list. */
  directory: boolean
  onDone: () => void
}

const empty = { givenName: '', familyName: '', email: '', organisation: '' }
type Fields = typeof empty

/** Somebody who had not registered, in one line; whoever looks like them is shown before. */
export function NewPersonForm({ door, typed, directory, onDone }: NewPersonFormProps) {
  const [fields, setFields] = useState<Fields>(empty)
  const [errors, setErrors] = useState<Partial<Record<keyof Fields, string>>>({})
  const [open, setOpen] = useState(false)
  const known = useKnown(fields, directory && open && !door.state.offlineSince)
  const done = () => {
    setFields(empty)
    setErrors({})
    onDone()
  }
  const add = (more: Partial<NewPerson> = {}) => {
    void door.addPerson({ ...cleaned(fields), ...more })
    done()
  }
  const send = (event: FormEvent) => {
    event.preventDefault()
    const wrong = errorsOf(fields)
    setErrors(wrong)
    if (Object.keys(wrong).length === 0) add()
  }
  const field = (name: keyof Fields) => ({
    name,
    value: fields[name],
    errors: errors[name],
    maxLength: name === 'email' ? 254 : name === 'organisation' ? 200 : 100,
    autoComplete: 'off',
    onChange: (event: { currentTarget: HTMLInputElement }) =>
      setFields({ ...fields, [name]: event.currentTarget.value }),
  })
  const opened = (isOpen: boolean) => {
    setOpen(isOpen)
    if (isOpen && fields === empty && typed.trim()) setFields({ ...empty, ...namesTyped(typed) })
  }
  return (
    <details className="check-in-new" onToggle={(event) => opened(event.currentTarget.open)}>
      <summary className="button quiet">Venue sans inscription</summary>
      <form
        className="check-in-line"
        onSubmit={send}
        noValidate
        aria-label="Ajouter une personne venue sans inscription"
      >
        <TextField label="Prénom" {...field('givenName')} />
        <TextField label="Nom" {...field('familyName')} />
        <TextField label="Organisation" optional {...field('organisation')} />
        <TextField label="Adresse électronique" type="email" optional {...field('email')} />
        <Button type="submit" look="primary">
          Ajouter et faire entrer
        </Button>
      </form>
      <Twins door={door} fields={fields} onDone={done} />
      {known.length > 0 && (
        <ul className="check-in-twins" aria-label="Dans l’annuaire">
          {known.map(({ id, label, detail }) => (
            <li key={id}>
              <span>
                Dans l’annuaire : <b>{label}</b> {detail && <span className="small soft">{detail}</span>}
              </span>
              <Button small onClick={() => add({ personId: id })}>
                C’est cette personne
              </Button>
            </li>
          ))}
        </ul>
      )}
    </details>
  )
}

function Twins({ door, fields, onDone }: { door: Door; fields: Fields; onDone: () => void }) {
  const near = twins(door.rows, fields)
  if (near.length === 0) return null
  return (
    <ul className="check-in-twins" aria-label="Déjà sur la liste">
      {near.map((row) => (
        <li key={row.id}>
          <span>
            Déjà sur la liste : <b>{nameOf(row)}</b> <span className="small soft">{row.organisation}</span>
          </span>
          <Button
            small
            onClick={() => {
              door.touch(row.id)
              onDone()
            }}
          >
            C’est cette personne
          </Button>
        </li>
      ))}
    </ul>
  )
}

interface Known {
  id: string
  label: string
  detail: string | null
}

/** People of the directory who bear this name, asked for once one has typed both. */
function useKnown({ givenName, familyName }: Fields, active: boolean): Known[] {
  const asked = `${givenName.trim()} ${familyName.trim()}`
  const ready = active && givenName.trim().length > 1 && familyName.trim().length > 1
  const [found, setFound] = useState<{ asked: string; people: Known[] }>({ asked: '', people: [] })
  useEffect(() => {
    if (!ready) return
    const leave = new AbortController()
    const timer = setTimeout(() => {
      fetch(`/bureau/personnes.json?q=${encodeURIComponent(asked)}`, { signal: leave.signal })
        .then((response) => (response.ok ? (response.json() as Promise<Known[]>) : []))
        .then((people) => setFound({ asked, people: people.slice(0, 3) }))
        // without an answer a new record is made: the duplicates are found later
        .catch(() => {})
    }, 300)
    return () => {
      clearTimeout(timer)
      leave.abort()
    }
  }, [asked, ready])
  return ready && found.asked === asked ? found.people : []
}

const namesTyped = (typed: string) => {
  const [givenName = '', ...rest] = typed.trim().split(/\s+/)
  return { givenName, familyName: rest.join(' ') }
}

const cleaned = ({ givenName, familyName, email, organisation }: Fields): NewPerson => ({
  givenName: givenName.trim(),
  familyName: familyName.trim(),
  ...(email.trim() && { email: email.trim() }),
  ...(organisation.trim() && { organisation: organisation.trim() }),
})

/** Checked here as the server checks: a gesture kept for later must not be refused then. */
function errorsOf({ givenName, familyName, email }: Fields): Partial<Record<keyof Fields, string>> {
  return {
    ...(givenName.trim() === '' && { givenName: 'Donnez un prénom.' }),
    ...(familyName.trim() === '' && { familyName: 'Donnez un nom de famille.' }),
    ...(email.trim() !== '' &&
      !/^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(email.trim()) && {
        email: 'Cette adresse électronique n’est pas valable.',
      }),
  }
}
