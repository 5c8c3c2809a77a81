import { type FormEvent, useRef, useState } from 'react'
import { Form } from 'react-router'
import { useHydrated } from '#app/ui/client/use-hydrated.ts'
import { useShortcuts } from '#app/ui/client/shortcuts.ts'
import { ConfirmForm } from '#app/ui/confirm-form.tsx'
import { Kbd, Section, StateTag } from '#app/ui/content.tsx'
import { Moment } from '#app/ui/fr.tsx'
import { ErrorSummary } from '#app/ui/form-layout.tsx'
import { formatNumber, plural } from '#app/ui/french.ts'
import { Link } from '#app/ui/link.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { connectionStateLabels, connectionStateTones, connectionToolLabels } from '../labels.ts'
import type { ReviewSaid } from './review-action.server.ts'
import { answerOf, Line } from './review-line.tsx'
import { ReviewNotices } from './review-notices.tsx'
import { SettledLines } from './review-settled.tsx'
import type { Review, ReviewLine } from './review.server.ts'
import { RuleFields } from './rule-fields.tsx'
import { useReviewKeys } from './use-review-keys.ts'

interface ReviewPageProps {
  review: Review
  /** A line one wants to decide otherwise. */
  opened: string | null
  /** The file was here already. */
  again: boolean
  mayExport: boolean
  said?: ReviewSaid
}

/** Lines that ask for a look: doubtful ones first, then those nobody recognises; too short ones never. */
export const groupsOf = (lines: readonly ReviewLine[], opened: string | null) => {
  const open = (line: ReviewLine) => line.id === opened || (line.verdict === 'doubtful' && !line.byHand)
  const counted = lines.filter(({ enough, id }) => enough || id === opened)
  const doubtful = counted.filter((line) => open(line) || line.decision === null)
  const rest = counted.filter((line) => !doubtful.includes(line))
  return {
    doubtful,
    unknown: rest.filter(({ decision }) => decision === 'unidentified'),
    people: rest.filter(({ decision }) => decision === 'person'),
    aside: rest.filter(({ decision }) => decision === 'aside'),
    short: lines.filter((line) => !counted.includes(line)),
  }
}

/** One list, settled on one screen: the doubtful names by hand, the rest at a glance. */
export function ReviewPage({ review, opened, again, mayExport, said }: ReviewPageProps) {
  useShortcuts()
  const hydrated = useHydrated()
  const box = useRef<HTMLDivElement>(null)
  const base = `/bureau/activites/${review.activityId}/presence`
  const live = review.state === 'draft' || review.state === 'applied'
  const readOnly = review.forgotten || !live
  const groups = groupsOf(review.lines, opened)
  const asked = [...groups.doubtful, ...groups.unknown]
  const [answers, setAnswers] = useState<Record<string, string>>({})
  const chosen = (line: ReviewLine) => answers[line.id] ?? answerOf(line, said)
  const left = asked.filter((line) => chosen(line) === '').length
  useReviewKeys(box, !readOnly)
  const note = ({ target }: FormEvent) => {
    const { name, value, type } = target as HTMLInputElement
    if (type === 'radio' && name.startsWith('d.')) setAnswers((before) => ({ ...before, [name.slice(2)]: value }))
  }
  const lineProps = (line: ReviewLine) => ({ line, said, hydrated, chosen: chosen(line) })
  return (
    <div className="stack connections">
      <p>
        <Link href={`${base}/connexions`}>← Listes de connexion</Link>
      </p>
      <ReviewHead review={review} groups={groups} base={base} mayExport={mayExport} />
      <ReviewNotices review={review} again={again} said={said} base={base} />
      <ErrorSummary errors={said?.errors} labels={labelsOf(review.lines)} />
      {readOnly ? (
        <SettledLines groups={groups} base={base} review={review} />
      ) : (
        <Form method="post" noValidate onChange={note} className="stack" key={review.state}>
          <RuleFields review={review} errors={said?.errors} values={said?.values} />
          <div ref={box} className="stack">
            {groups.doubtful.length > 0 && (
              <Section title={`À décider (${formatNumber(groups.doubtful.length)})`} id="a-decider">
                <Keys />
                {groups.doubtful.map((line) => (
                  <Line key={line.id} {...lineProps(line)} />
                ))}
              </Section>
            )}
            {groups.unknown.length > 0 && (
              <Section title={`Non identifiées (${formatNumber(groups.unknown.length)})`} id="inconnues">
                <p className="small soft">
                  Comptées parmi les personnes non identifiées, sauf si vous les reconnaissez.
                </p>
                {groups.unknown.map((line) => (
                  <Line key={line.id} {...lineProps(line)} />
                ))}
              </Section>
            )}
          </div>
          <SettledLines groups={groups} base={base} review={review} mayChange />
          <Buttons left={left} draft={review.state === 'draft'} />
        </Form>
      )}
      {live && <Leave review={review} />}
    </div>
  )
}

const labelsOf = (lines: readonly ReviewLine[]): Record<string, string> => ({
  valeur: 'Minimum de connexion',
  ...Object.fromEntries(
    lines.flatMap(({ id, name }) =>
      ['d', 'autre', 'prenom', 'nom', 'courriel'].map((field) => [`${field}.${id}`, name ?? '']),
    ),
  ),
})

const Keys = () => (
  <p className="small soft tick-keys">
    <Kbd>↑</Kbd> <Kbd>↓</Kbd> changer de ligne · <Kbd>Entrée</Kbd> ou <Kbd>1</Kbd> le premier nom · <Kbd>2</Kbd>…{' '}
    <Kbd>6</Kbd> un autre nom proposé · <Kbd>A</Kbd> chercher dans l’annuaire · <Kbd>N</Kbd> nouvelle personne ·{' '}
    <Kbd>I</Kbd> non identifiée · <Kbd>M</Kbd> mettre de côté
  </p>
)

interface HeadProps {
  review: Review
  groups: ReturnType<typeof groupsOf>
  base: string
  mayExport: boolean
}

function ReviewHead({ review, groups, base, mayExport }: HeadProps) {
  const file = `${base}/connexions/${review.id}`
  const words = [
    plural(review.lines.length, 'connexion'),
    plural(groups.people.length, 'reconnue'),
    groups.doubtful.length > 0 && `${formatNumber(groups.doubtful.length)} à décider`,
    groups.unknown.length > 0 && plural(groups.unknown.length, 'non identifiée', 'non identifiées'),
    groups.short.length > 0 && plural(groups.short.length, 'trop courte', 'trop courtes'),
    groups.aside.length > 0 && plural(groups.aside.length, 'mise de côté', 'mises de côté'),
  ]
  return (
    <div>
      <h2>
        {review.tool === 'other' ? 'Liste de connexion' : `Liste ${connectionToolLabels[review.tool]}`}{' '}
        <StateTag tone={connectionStateTones[review.state]}>{connectionStateLabels[review.state]}</StateTag>
      </h2>
      <p className="soft small">
        {review.fileName && `${review.fileName} · `}
        lue le <Moment date={review.createdAt} /> par {review.createdBy}
        {mayExport && (
          <>
            {' · Exporter '}
            <a href={`${file}.xlsx`} download>
              Excel
            </a>
            {' · '}
            <a href={`${file}.csv`} download>
              CSV
            </a>
          </>
        )}
      </p>
      <p>{words.filter(Boolean).join(', ')}.</p>
    </div>
  )
}

const Buttons = ({ left, draft }: { left: number; draft: boolean }) => (
  <div className="connection-buttons row">
    <SubmitButton name="intent" value="valider" id="valider" pendingLabel="Validation…">
      {draft ? 'Valider la liste' : 'Valider de nouveau'}
    </SubmitButton>
    {left > 0 && (
      <SubmitButton look="quiet" name="intent" value="valider-tout">
        Valider,{' '}
        {left === 1
          ? 'l’indécise comptée non identifiée'
          : `les ${formatNumber(left)} indécises comptées non identifiées`}
      </SubmitButton>
    )}
    {draft && (
      <SubmitButton look="plain" name="intent" value="garder">
        Recalculer et garder pour plus tard
      </SubmitButton>
    )}
    <span className="small soft" aria-live="polite">
      {left > 0 ? `${formatNumber(left)} à décider` : 'Tout est décidé.'}
    </span>
  </div>
)

const Leave = ({ review }: { review: Review }) =>
  review.state === 'draft' ? (
    <ConfirmForm
      label="Écarter cette liste…"
      question="Cette liste n’a rien pointé. L’oublier ?"
      confirmLabel="Oublier cette liste"
      values={{ intent: 'ecarter' }}
    />
  ) : (
    <ConfirmForm
      label="Annuler cette liste…"
      question="Chaque ligne de la feuille de présence redevient ce qu’elle était avant cette liste, sauf ce que quelqu’un a pointé depuis."
      confirmLabel="Annuler cette liste"
      values={{ intent: 'annuler' }}
    />
  )
