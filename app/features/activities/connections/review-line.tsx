import { Combobox } from '#app/ui/client/combobox.tsx'
import { Kbd, Tag } from '#app/ui/content.tsx'
import { FieldError } from '#app/ui/field.tsx'
import { TextField } from '#app/ui/inputs.tsx'
import type { Candidate } from './matching.server.ts'
import type { ReviewSaid } from './review-action.server.ts'
import type { ReviewLine } from './review.server.ts'
import { minutesSaid } from './sentences.ts'
import { reasonLabels } from './words.ts'

interface LineProps {
  line: ReviewLine
  said?: ReviewSaid
  /** The answer of the moment. */
  chosen: string
  hydrated: boolean
}

/** The answer a line has when the page opens: what was sent, else what is stored. */
export function answerOf({ id, decision, person }: ReviewLine, said?: ReviewSaid): string {
  const sent = said?.values?.[`d.${id}`]
  if (sent) return [sent].flat().at(-1) ?? ''
  if (decision === 'person') return person?.id ?? ''
  return decision === 'unidentified' ? 'inconnue' : decision === 'aside' ? 'cote' : ''
}

/** One connection and who it may be; each answer has its key. */
export function Line({ line, said, chosen, hydrated }: LineProps) {
  const { id, candidates, person } = line
  const known = person && !candidates.some(({ personId }) => personId === person.id)
  const all: Candidate[] = known
    ? [
        { personId: person.id, name: person.name, detail: null, registered: false, score: 100, reasons: [] },
        ...candidates,
      ]
    : candidates
  const errors = said?.errors ?? {}
  return (
    <fieldset
      className="connection-line"
      data-line={id}
      data-open={chosen === '' || undefined}
      id={`d-${id}`}
      tabIndex={-1}
    >
      <legend>
        <b>{line.name}</b> <LineFacts line={line} />
      </legend>
      <FieldError id={`d-${id}`} errors={errors[`d.${id}`]} />
      <div className="answers">
        {all.map((candidate, index) => (
          <Answer key={candidate.personId} {...{ id, chosen }} value={candidate.personId} shortcut={String(index + 1)}>
            <span>
              {candidate.name} {candidate.registered && <Tag>sur la liste</Tag>}
              <span className="small soft block">
                {[candidate.detail, candidate.reasons.map((reason) => reasonLabels[reason]).join(', ')]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
          </Answer>
        ))}
        <Answer {...{ id, chosen }} value="autre" shortcut="a">
          Une autre personne de l’annuaire
        </Answer>
        {(!hydrated || chosen === 'autre') && <Other id={id} said={said} hydrated={hydrated} />}
        <Answer {...{ id, chosen }} value="nouvelle" shortcut="n">
          Une nouvelle personne
        </Answer>
        {(!hydrated || chosen === 'nouvelle') && <NewPerson line={line} said={said} />}
        <Answer {...{ id, chosen }} value="inconnue" shortcut="i">
          Non identifiée, comptée{line.heads > 1 && ` (${line.heads} personnes)`}
        </Answer>
        <Answer {...{ id, chosen }} value="cote" shortcut="m">
          Mise de côté, non comptée
        </Answer>
      </div>
    </fieldset>
  )
}

const LineFacts = ({ line: { email, minutes, phone, heads } }: { line: ReviewLine }) => (
  <span className="small soft">
    {[minutesSaid(minutes), email, phone && 'par téléphone', heads > 1 && `${heads} personnes`]
      .filter(Boolean)
      .join(' · ')}
  </span>
)

interface AnswerProps {
  id: string
  chosen: string
  value: string
  shortcut: string
  children: React.ReactNode
}

const Answer = ({ id, chosen, value, shortcut, children }: AnswerProps) => (
  <label className="answer">
    <input type="radio" name={`d.${id}`} value={value} data-key={shortcut} defaultChecked={chosen === value} />
    <span className="answer-key">
      <Kbd>{shortcut.toUpperCase()}</Kbd>
    </span>
    <span>{children}</span>
  </label>
)

function Other({ id, said, hydrated }: { id: string; said?: ReviewSaid; hydrated: boolean }) {
  const field = {
    name: `autre.${id}`,
    label: 'Nom ou adresse électronique',
    errors: said?.errors?.[`autre.${id}`],
  }
  const typed = [said?.values?.[`autreTexte.${id}`] ?? ''].flat().at(-1) ?? ''
  return (
    <div className="answer-more">
      {hydrated ? (
        <Combobox {...field} textName={`autreTexte.${id}`} source="/bureau/personnes.json" defaultText={typed} />
      ) : (
        <TextField {...field} id={`autre-${id}`} name={`autreTexte.${id}`} defaultValue={typed} maxLength={200} />
      )}
    </div>
  )
}

function NewPerson({ line: { id, proposed, email }, said }: { line: ReviewLine; said?: ReviewSaid }) {
  const value = (name: string, otherwise: string) => [said?.values?.[`${name}.${id}`] ?? otherwise].flat().at(-1) ?? ''
  const field = (name: string, otherwise: string) => ({
    name: `${name}.${id}`,
    defaultValue: value(name, otherwise),
    errors: said?.errors?.[`${name}.${id}`],
  })
  return (
    <div className="answer-more new-person">
      <TextField label="Prénom" maxLength={100} {...field('prenom', proposed.givenName)} />
      <TextField label="Nom" maxLength={100} {...field('nom', proposed.familyName)} />
      <TextField label="Adresse électronique" type="email" optional {...field('courriel', email ?? '')} />
    </div>
  )
}
