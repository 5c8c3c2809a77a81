import { useEffect, useRef, useState } from 'react'
import { Form } from 'react-router'
import { Combobox, Finder } from '#app/ui/client/combobox.tsx'
import { useShortcut } from '#app/ui/client/shortcuts.ts'
import { ErrorSummary } from '#app/ui/form-layout.tsx'
import { type Option, type OptionGroup, Select, TextField } from '#app/ui/inputs.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { attendanceModeLabels, optionsOf } from '../labels.ts'
import type { Said } from './page-action.server.ts'

interface WalkInFormProps {
  said?: Said
  profiles: readonly (Option | OptionGroup)[]
  hybrid: boolean
  hydrated: boolean
}

const labels = {
  prenom: 'Prénom',
  nom: 'Nom',
  courriel: 'Adresse électronique',
  organisation: 'Organisation',
  profil: 'Profil',
}

/** Somebody who came without registering, in one line: found as one types, else a new person. */
export function WalkInForm({ said, profiles, hybrid, hydrated }: WalkInFormProps) {
  const box = useRef<HTMLFormElement>(null)
  const added = said?.walkIn?.attendanceId
  const start = () => box.current?.querySelector<HTMLInputElement>('input[type="text"], input:not([type])')?.focus()
  // the line is ready for the next person
  useEffect(() => {
    if (added) start()
  }, [added])
  useShortcut('n', (event) => {
    event.preventDefault()
    start()
  })
  const value = (name: string) => (added ? '' : String(said?.values?.[name] ?? ''))
  const errors = said?.errors
  const Who = hydrated ? FoundPerson : NewPerson
  return (
    <>
      <ErrorSummary errors={errors} labels={labels} />
      <Form
        method="post"
        preventScrollReset
        className="walk-in"
        aria-label="Ajouter une personne venue sans inscription"
        ref={box}
      >
        <input type="hidden" name="intent" value="ajouter" />
        <Who key={added} value={value} errors={errors} />
        {hydrated ? (
          <Combobox
            key={`organisation ${added}`}
            name="organisationId"
            textName="organisation"
            id="organisation"
            label="Organisation"
            source="/bureau/organisations.json"
            defaultText={value('organisation')}
            errors={errors?.organisation}
            allowsText
          />
        ) : (
          <TextField
            name="organisation"
            label="Organisation"
            defaultValue={value('organisation')}
            errors={errors?.organisation}
            maxLength={200}
          />
        )}
        <Select
          key={`profil ${added}`}
          name="profil"
          label="Profil"
          options={profiles}
          placeholder="Celui de l’annuaire"
          defaultValue={value('profil')}
          errors={errors?.profil}
        />
        {hybrid && (
          <Select
            name="mode"
            label="Mode"
            options={optionsOf(attendanceModeLabels)}
            defaultValue={value('mode') || 'onsite'}
          />
        )}
        <SubmitButton look="quiet" name="ajout" value="oui" pendingLabel="Ajout…">
          Ajouter
        </SubmitButton>
      </Form>
    </>
  )
}

interface WhoProps {
  value: (name: string) => string
  errors: Said['errors']
}

const NewPerson = ({ value, errors }: WhoProps) => (
  <>
    <TextField name="prenom" label="Prénom" defaultValue={value('prenom')} errors={errors?.prenom} maxLength={100} />
    <TextField name="nom" label="Nom" defaultValue={value('nom')} errors={errors?.nom} maxLength={100} />
    <TextField
      name="courriel"
      label="Adresse électronique"
      type="email"
      optional
      defaultValue={value('courriel')}
      errors={errors?.courriel}
    />
  </>
)

/** « Inès Bouzid » → a given name and a family name; an address is an address. One can mend both. */
export function personTyped(text: string): { prenom: string; nom: string; courriel: string } {
  const words = text.trim().split(/\s+/).filter(Boolean)
  const courriel = words.find((word) => word.includes('@')) ?? ''
  const names = words.filter((word) => word !== courriel)
  const capitals = names.findIndex((word) => word.length > 1 && word === word.toUpperCase() && /\p{L}/u.test(word))
  // « BOUZID Inès » is written family name first
  if (capitals === 0 && names.length > 1) {
    const end = names.findIndex((word) => word !== word.toUpperCase())
    const cut = end < 0 ? 1 : end
    return { prenom: names.slice(cut).join(' '), nom: names.slice(0, cut).join(' '), courriel }
  }
  return { prenom: names[0] ?? '', nom: names.slice(1).join(' '), courriel }
}

function FoundPerson({ value, errors }: WhoProps) {
  const kept = { prenom: value('prenom'), nom: value('nom'), courriel: value('courriel') }
  const [text, setText] = useState([kept.prenom, kept.nom].filter(Boolean).join(' '))
  const [chosen, setChosen] = useState<string | null>(null)
  const [own, setOwn] = useState<Partial<typeof kept>>(kept.nom ? kept : {})
  const said = { ...personTyped(text), ...own }
  const isNew = chosen === null && text.trim() !== ''
  const change = (name: keyof typeof kept) => ({
    name,
    value: said[name],
    onChange: (event: { currentTarget: HTMLInputElement }) => setOwn({ ...own, [name]: event.currentTarget.value }),
    errors: errors?.[name],
  })
  return (
    <>
      <input type="hidden" name="personne" value={chosen ?? ''} />
      <Finder
        name="qui"
        label="Nom ou adresse électronique"
        source="/bureau/personnes.json"
        text={text}
        asked={chosen ? '' : text}
        chosenId={chosen}
        empty="Personne de ce nom dans l’annuaire : une fiche sera créée."
        errors={isNew ? undefined : (errors?.prenom ?? errors?.nom)}
        onText={(typed) => {
          setText(typed)
          setOwn({})
          setChosen(null)
        }}
        onChoose={(item) => {
          setText(item.label)
          setChosen(item.id)
        }}
        onLeave={() => {}}
      />
      {isNew && (
        <div className="new-person">
          <TextField label="Prénom" maxLength={100} {...change('prenom')} />
          <TextField label="Nom" maxLength={100} {...change('nom')} />
          <TextField label="Adresse électronique" type="email" optional {...change('courriel')} />
        </div>
      )}
    </>
  )
}
