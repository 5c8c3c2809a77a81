import { useEffect } from 'react'
import { useRevalidator } from 'react-router'
import { Button, LinkButton } from '#app/ui/button.tsx'
import { StateTag } from '#app/ui/content.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { EmptyState, Notice, Progress } from '#app/ui/feedback.tsx'
import { Day, Fr } from '#app/ui/fr.tsx'
import { plural } from '#app/ui/french.ts'
import type { Column } from '#app/ui/table.ts'
import type { CertificateRow } from './list.server.ts'
import type { certificatesPage } from './page-data.server.ts'

type Props = Awaited<ReturnType<typeof certificatesPage>>

const states = {
  none: { label: 'À établir', tone: 'neutral' },
  given: { label: 'Établie', tone: 'good' },
  stale: { label: 'À refaire', tone: 'warn' },
} as const

/** Who may have a certificate, the one each has, and what can be done for all at once. */
export function CertificatesView({ said, ...page }: Props & { said?: string }) {
  const { total, rows, sentence, progress, may } = page
  return (
    <div className="stack">
      {said && (
        <Notice tone="bad">
          <Fr>{said}</Fr>
        </Notice>
      )}
      {progress && <Lot progress={progress} />}
      {sentence ? (
        <EmptyState title="Pas encore d’attestation">
          <Fr>{sentence}</Fr>
        </EmptyState>
      ) : total === 0 ? (
        <EmptyState title="Personne n’y a droit pour l’instant.">
          {page.subject.kind === 'activity'
            ? 'Pointez les présences : chaque personne présente peut avoir son attestation.'
            : 'Personne n’a encore suivi la part demandée de ce cycle.'}
        </EmptyState>
      ) : (
        <>
          <Summary {...page} />
          <DataTable
            caption="Personnes qui ont droit à une attestation"
            columns={columnsOf(may.write)}
            rows={rows}
            rowKey={({ personId }) => personId}
            empty={null}
          />
        </>
      )}
    </div>
  )
}

function Summary({ subject, total, given, withoutEmail, unsent, parts, may }: Props) {
  const base = subject.kind === 'activity' ? `/bureau/activites/${subject.id}` : `/bureau/series/${subject.id}`
  return (
    <>
      <p>
        <Fr>
          {`${plural(total, 'personne a droit', 'personnes ont droit')} à une attestation ; ${given === 0 ? 'aucune n’est établie' : plural(given, 'est établie', 'sont établies')}.`}
        </Fr>{' '}
        {withoutEmail > 0 && (
          <span className="soft">
            <Fr>{`${plural(withoutEmail, 'personne n’a', 'personnes n’ont')} pas d’adresse électronique : imprimez la leur.`}</Fr>
          </span>
        )}
      </p>
      <div className="row screen-only">
        {may.write && given < total && <Ask intent="tous" label="Établir toutes les attestations" primary />}
        {may.write && unsent > 0 && (
          <Ask
            intent="envoyer"
            label={`Envoyer par message à ${plural(unsent, 'personne')}`}
            primary={given === total}
          />
        )}
        {may.export &&
          Array.from({ length: parts }, (_, i) => (
            <LinkButton key={i} href={`${base}/attestations.pdf?partie=${i + 1}`}>
              {parts === 1 ? 'Toutes en un PDF' : `PDF, partie ${i + 1} sur ${parts}`}
            </LinkButton>
          ))}
      </div>
    </>
  )
}

const Ask = ({ intent, label, primary }: { intent: string; label: string; primary?: boolean }) => (
  <form method="post">
    <input type="hidden" name="intent" value={intent} />
    <Button type="submit" look={primary ? 'primary' : 'quiet'}>
      {label}
    </Button>
  </form>
)

/** Looks again every second until it is done. */
function Lot({ progress }: { progress: NonNullable<Props['progress']> }) {
  const { revalidate } = useRevalidator()
  const done = progress.finishedAt !== null
  useEffect(() => {
    if (done) return
    const timer = setInterval(() => void revalidate(), 1000)
    return () => clearInterval(timer)
  }, [done, revalidate])
  if (!done)
    return (
      <Progress
        label={progress.step ? `Attestations\u202f: ${progress.step}` : 'Attestations en préparation'}
        {...(progress.total === null ? {} : { value: progress.done, max: Math.max(progress.total, 1) })}
      />
    )
  if (progress.failedReason)
    return (
      <Notice tone="bad" title="Les attestations n’ont pas été établies">
        <Fr>{progress.failedReason}</Fr>
      </Notice>
    )
  return <Notice tone="good">{endSentence(progress.result)}</Notice>
}

function endSentence(result: Record<string, unknown> | null): string {
  const [total, made, sent] = ['total', 'made', 'sent'].map((key) => Number(result?.[key] ?? 0))
  const issued = made
    ? `${plural(made, 'attestation établie', 'attestations établies')}.`
    : `${plural(total!, 'attestation était déjà établie', 'attestations étaient déjà établies')}.`
  return sent ? `${issued} ${plural(sent, 'message envoyé', 'messages envoyés')}.` : issued
}

const columnsOf = (mayWrite: boolean): Column<CertificateRow>[] => [
  { key: 'nom', label: 'Nom', value: (row) => row.name, weight: 'main' },
  {
    key: 'etat',
    label: 'Attestation',
    value: (row) => states[row.state].label,
    render: (row) => <StateTag tone={states[row.state].tone}>{states[row.state].label}</StateTag>,
  },
  {
    key: 'code',
    label: 'Code',
    value: (row) => row.code,
    render: (row) => row.code && <a href={`/attestations/${row.code}`}>{row.code}</a>,
    weight: 'wide',
  },
  {
    key: 'envoi',
    label: 'Envoyée',
    value: (row) => row.sentAt,
    kind: 'day',
    render: (row) =>
      row.sentAt ? (
        <Day date={row.sentAt} style="short" />
      ) : (
        <span className="soft">{row.hasEmail ? 'pas encore' : 'sans adresse'}</span>
      ),
  },
  {
    key: 'pdf',
    label: 'Document',
    value: () => null,
    render: (row) => <Paper row={row} mayWrite={mayWrite} />,
  },
]

const Paper = ({ row, mayWrite }: { row: CertificateRow; mayWrite: boolean }) =>
  row.id && (row.state === 'given' || !mayWrite) ? (
    <a href={`/bureau/attestations/${row.id}.pdf`} aria-label={`Ouvrir l’attestation de ${row.name}, PDF`}>
      Ouvrir
    </a>
  ) : (
    mayWrite && (
      <form method="post">
        <input type="hidden" name="intent" value="une" />
        <input type="hidden" name="personne" value={row.personId} />
        <Button type="submit" small aria-label={`${row.id ? 'Refaire' : 'Établir'} l’attestation de ${row.name}`}>
          {row.id ? 'Refaire' : 'Établir'}
        </Button>
      </form>
    )
  )
