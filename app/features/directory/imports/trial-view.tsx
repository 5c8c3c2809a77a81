import { Form } from 'react-router'
import { Button } from '#app/ui/button.tsx'
import { ConfirmForm } from '#app/ui/confirm-form.tsx'
import { Section } from '#app/ui/content.tsx'
import { Notice } from '#app/ui/feedback.tsx'
import { formatNumber, nb, plural } from '#app/ui/french.ts'
import { Fr } from '#app/ui/fr.tsx'
import { Select } from '#app/ui/inputs.tsx'
import { Link } from '#app/ui/link.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import type { Counts } from './import-record.server.ts'
import type { ProblemCount, ShownLine } from './read-import.server.ts'

type Samples = Record<keyof Counts, ShownLine[]>

const outcomes: { key: keyof Counts; before: string; after: string; detail: string }[] = [
  { key: 'create', before: 'à ajouter', after: 'ajoutée', detail: 'Fiches nouvelles' },
  { key: 'complete', before: 'à compléter', after: 'complétée', detail: 'Déjà connues, avec du nouveau' },
  { key: 'same', before: 'inchangée', after: 'inchangée', detail: 'Déjà connues, rien à ajouter' },
  { key: 'doubtful', before: 'douteuse', after: 'restée douteuse', detail: 'À décider, sinon laissées de côté' },
  { key: 'rejected', before: 'rejetée', after: 'rejetée', detail: 'À corriger dans le fichier' },
]

type Outcome = (typeof outcomes)[number]

/** « 1 rejetée », « 2 restées douteuses », « 3 à ajouter » */
const worded = ({ before, after }: Outcome, count: number, written: boolean) => {
  const word = written ? after : before
  return count > 1 && !word.startsWith('à ') ? word.replace(/e\b/g, 'es') : word
}

/** How many lines of each kind, before or after the writing. */
export const CountsStrip = ({ counts, written }: { counts: Counts; written: boolean }) => (
  <ul className="import-counts">
    {outcomes.map((outcome) => (
      <li key={outcome.key} className={counts[outcome.key] === 0 ? 'soft' : undefined}>
        <b>{formatNumber(counts[outcome.key])}</b> <span>{worded(outcome, counts[outcome.key], written)}</span>
        <span className="small soft block">{outcome.detail}</span>
      </li>
    ))}
  </ul>
)

export const Problems = ({ problems }: { problems: readonly ProblemCount[] }) =>
  problems.length === 0 ? null : (
    <Section title="Ce qui a été relevé">
      <ul className="import-problems">
        {problems.map(({ sentence, count, fatal, firstLine }) => (
          <li key={sentence}>
            <b>{plural(count, 'ligne')}</b> {fatal ? '(rejet)' : ''} <Fr>{sentence}</Fr>{' '}
            <span className="small soft">{nb(count > 1 ? `Ainsi ligne ${firstLine}.` : `Ligne ${firstLine}.`)}</span>
          </li>
        ))}
      </ul>
    </Section>
  )

export function SampleLines({ samples, counts, written }: { samples: Samples; counts: Counts; written: boolean }) {
  const shown = outcomes.filter(({ key }) => samples[key].length > 0 && (written || key !== 'doubtful'))
  return (
    <Section title="Les premières lignes de chaque sorte">
      {shown.map((outcome) => (
        <details
          key={outcome.key}
          className="import-sample"
          open={outcome.key === 'create' || outcome.key === 'rejected'}
        >
          <summary>
            {formatNumber(counts[outcome.key])} {worded(outcome, counts[outcome.key], written)}
          </summary>
          <ul>
            {samples[outcome.key].map((line) => (
              <li key={line.line}>
                <span className="soft small">{nb(`Ligne ${line.line}`)}</span> {line.summary}
                {line.sentences.length > 0 && (
                  <span className="small soft block">
                    <Fr>{line.sentences.join(' ')}</Fr>
                  </span>
                )}
              </li>
            ))}
          </ul>
        </details>
      ))}
    </Section>
  )
}

interface DoubtsProps {
  doubts: readonly ShownLine[]
  total: number
  page: number
  perPage: number
}

/** Who is who, where the file does not tell; what is left undecided goes to the rejects. */
export function DoubtsForm({ doubts, total, page, perPage }: DoubtsProps) {
  if (total === 0) return null
  return (
    <Section title={`${plural(total, 'ligne douteuse', 'lignes douteuses')}`}>
      <p className="soft">
        <Fr>
          Dites qui est qui. Une ligne sans réponse est laissée de côté et se retrouve dans le fichier des rejets.
        </Fr>
      </p>
      <Form method="post" noValidate className="stack">
        <table className="stacked import-doubts">
          <thead>
            <tr>
              <th scope="col">Ligne</th>
              <th scope="col">Dans le fichier</th>
              <th scope="col">C’est…</th>
            </tr>
          </thead>
          <tbody>
            {doubts.map((doubt) => (
              <DoubtLine key={doubt.line} doubt={doubt} />
            ))}
          </tbody>
        </table>
        <div className="row">
          <SubmitButton name="intent" value="settle">
            Enregistrer ces réponses
          </SubmitButton>
          {page > 1 && <Link href={`?page=${page - 1}`}>Lignes précédentes</Link>}
          {page * perPage < total && <Link href={`?page=${page + 1}`}>Lignes suivantes</Link>}
        </div>
      </Form>
      <Form method="post" className="row small">
        <span className="soft">Pour toutes celles qui restent :</span>
        <Button type="submit" name="intent" value="settle-same" look="quiet" small>
          La personne proposée
        </Button>
        <Button type="submit" name="intent" value="settle-new" look="quiet" small>
          Une autre personne
        </Button>
        <Button type="submit" name="intent" value="settle-out" look="quiet" small>
          Laisser de côté
        </Button>
      </Form>
    </Section>
  )
}

const DoubtLine = ({ doubt: { line, summary, sentences, candidates, decision, decidedId } }: { doubt: ShownLine }) => (
  <tr>
    <td data-label="Ligne" className="n">
      {line}
    </td>
    <th scope="row" data-label="Dans le fichier">
      {summary}
      <span className="small soft block">
        <Fr>{sentences.join(' ')}</Fr>
      </span>
    </th>
    <td data-label="C’est…">
      <Select
        name={`d${line}`}
        label={`Qui est la ligne ${line} ?`}
        hideLabel
        placeholder="Pas encore décidé"
        options={[
          ...candidates.map(({ id, label }) => ({ value: id, label: `C’est ${label}` })),
          { value: 'new', label: 'Une autre personne, à ajouter' },
          { value: 'out', label: 'Laisser de côté' },
        ]}
        defaultValue={decision === 'same' ? (decidedId ?? '') : (decision ?? '')}
      />
    </td>
  </tr>
)

interface GesturesProps {
  counts: Counts
  settled: number
}

/** Confirm, go back to the columns, or give up. */
export function TrialGestures({ counts, settled }: GesturesProps) {
  const toWrite = counts.create + counts.complete + settled
  return (
    <div className="row">
      {toWrite > 0 ? (
        <Form method="post">
          <SubmitButton name="intent" value="confirm" pendingLabel="C’est parti…">
            {`Reprendre ${plural(toWrite, 'ligne')}`}
          </SubmitButton>
        </Form>
      ) : (
        <Notice>Ce fichier n’apporte rien de nouveau.</Notice>
      )}
      <Form method="post">
        <Button type="submit" name="intent" value="rework" look="quiet">
          Revoir les colonnes
        </Button>
      </Form>
      <ConfirmForm
        label="Abandonner…"
        question="Rien n’a été écrit. Le fichier et ses lignes sont oubliés."
        confirmLabel="Abandonner"
        values={{ intent: 'abandon' }}
      />
    </div>
  )
}
