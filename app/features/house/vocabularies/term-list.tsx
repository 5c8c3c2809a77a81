import { Form } from 'react-router'
import { ConfirmForm } from '#app/ui/confirm-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { idPrefix, TermFields, type TermShown } from './term-fields.tsx'
import { type Perimeter, perimeterLabels, type Vocabulary } from './vocabularies.ts'

interface Refused {
  errors: Record<string, string[]>
  values: Record<string, string>
}

interface TermListProps {
  vocabulary: Vocabulary
  /** Those that can be chosen. */
  terms: readonly TermShown[]
  families: readonly TermShown[]
  anct: readonly TermShown[]
  refused?: Refused
}

/** The terms in their order, families over their members; each can be moved, renamed, retired where it stands. */
export function TermList({ terms, ...rest }: TermListProps) {
  const top = terms.filter(({ parentId }) => !terms.some(({ id }) => id === parentId))
  const row = (term: TermShown, like: readonly TermShown[]) => (
    <TermRow key={term.id} term={term} like={like} {...rest} />
  )
  return (
    <ul className="lines terms">
      {top.map((term) => {
        const members = terms.filter(({ parentId }) => parentId === term.id)
        return members.length === 0 ? (
          <li key={term.id}>{row(term, top)}</li>
        ) : (
          <li key={term.id}>
            {row(term, top)}
            <ul className="lines terms">
              {members.map((member) => (
                <li key={member.id}>{row(member, members)}</li>
              ))}
            </ul>
          </li>
        )
      })}
    </ul>
  )
}

function TermRow({
  term,
  like,
  vocabulary,
  families,
  anct,
  refused,
}: Omit<TermListProps, 'terms'> & { term: TermShown; like: readonly TermShown[] }) {
  const { id, label, attributes, parentId } = term
  const mine = refused?.values.id === id ? refused : undefined
  return (
    <div className="term">
      <div>
        <strong>{label}</strong>
        {vocabulary.kinds && <p className="small soft">{whereCounted(term, anct)}</p>}
      </div>
      <MoveForm term={term} first={like[0] === term} last={like.at(-1) === term} />
      <details open={mine?.values.intent === 'update'}>
        <summary className="button plain small" aria-label={`Modifier ${label}`}>
          Modifier
        </summary>
        <div className="stack">
          <Form method="post" noValidate className="stack" key={JSON.stringify([label, parentId, attributes])}>
            <input type="hidden" name="intent" value="update" />
            <input type="hidden" name="id" value={id} />
            <TermFields
              vocabulary={vocabulary}
              prefix={idPrefix(id)}
              values={mine?.values ?? { label, parentId, ...attributes }}
              errors={mine?.errors}
              families={families.filter((family) => family.id !== id)}
              anct={anct}
            />
            <p>
              <SubmitButton pendingLabel="Enregistrement…">Enregistrer</SubmitButton>
            </p>
          </Form>
          <ConfirmForm
            label="Retirer…"
            question={
              <p>« {label} » ne se choisira plus. Les fiches qui le portent le gardent, et il peut être rétabli.</p>
            }
            confirmLabel="Retirer"
            values={{ intent: 'retire', id }}
          />
        </div>
      </details>
    </div>
  )
}

function whereCounted({ attributes }: TermShown, anct: readonly TermShown[]): string {
  const type = anct.find(({ code }) => code === attributes.anct)?.label
  return [type, perimeterLabels[attributes.perimeter as Perimeter]].filter(Boolean).join(' · ')
}

const MoveForm = ({ term: { id, label }, first, last }: { term: TermShown; first: boolean; last: boolean }) => (
  <Form method="post" preventScrollReset className="row">
    <input type="hidden" name="intent" value="move" />
    <input type="hidden" name="id" value={id} />
    <SubmitButton look="plain" small name="to" value="up" disabled={first} aria-label={`Monter ${label}`}>
      ↑
    </SubmitButton>
    <SubmitButton look="plain" small name="to" value="down" disabled={last} aria-label={`Descendre ${label}`}>
      ↓
    </SubmitButton>
  </Form>
)
