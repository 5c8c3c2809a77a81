import { useEffect } from 'react'
import { useRevalidator } from 'react-router'
import { LinkButton } from '#app/ui/button.tsx'
import { ConfirmForm } from '#app/ui/confirm-form.tsx'
import { Section } from '#app/ui/content.tsx'
import { Notice, Progress } from '#app/ui/feedback.tsx'
import { formatNumber, plural } from '#app/ui/french.ts'
import { Fr } from '#app/ui/fr.tsx'
import { Link } from '#app/ui/link.tsx'
import type { Kept } from './read-import.server.ts'
import { keptWords } from './state-labels.ts'

const EVERY = 1_500

interface WorkingProps {
  label: string
  progress: { done: number; total: number | null; step: string | null } | null
}

/** Looks again by itself where a script runs; a link does it elsewhere. */
export function Working({ label, progress }: WorkingProps) {
  const { revalidate, state } = useRevalidator()
  useEffect(() => {
    if (state !== 'idle') return
    const timer = setTimeout(() => document.visibilityState === 'visible' && void revalidate(), EVERY)
    return () => clearTimeout(timer)
  }, [state, revalidate])
  const done = progress?.done ?? 0
  const said = done > 0 ? `${label}\u202f: ${plural(done, 'ligne lue', 'lignes lues')}` : label
  return (
    <Section title="Travail en cours">
      {progress?.total ? (
        <Progress label={label} value={done} max={Math.max(progress.total, done, 1)} />
      ) : (
        <Progress label={said} />
      )}
      <p className="small soft">
        Vous pouvez quitter cette page, le travail continue. <Link href="?">Actualiser</Link>
      </p>
    </Section>
  )
}

export const RejectLinks = ({ id, count }: { id: string; count: number }) =>
  count === 0 ? null : (
    <Notice tone="warn" title={plural(count, 'ligne laissée de côté', 'lignes laissées de côté')}>
      <p>
        <Fr>
          Le fichier des rejets a les mêmes colonnes que le vôtre, avec le motif de chaque ligne : corrigez-le et
          renvoyez-le tel quel.
        </Fr>
      </p>
      <p className="row">
        <a href={`/bureau/imports/${id}/rejets.xlsx`} download>
          Rejets, Excel
        </a>
        <a href={`/bureau/imports/${id}/rejets.csv`} download>
          Rejets, CSV
        </a>
        <LinkButton href="/bureau/imports/nouveau" look="quiet" small>
          Renvoyer un fichier corrigé
        </LinkButton>
      </p>
    </Notice>
  )

export const UndoForm = () => (
  <ConfirmForm
    label="Annuler tout l’import…"
    question={
      <Fr>
        Ce que l’import a ajouté ou complété est retiré, sauf ce que quelqu’un a modifié depuis ou ce qui sert ailleurs
        : la page dira ce qui reste, et pourquoi.
      </Fr>
    }
    confirmLabel="Annuler l’import"
    values={{ intent: 'undo' }}
  />
)

const reasons = { changed: 'modifiées depuis', used: 'utilisées ailleurs depuis' } as const

/** What an undoing left in place. */
export function KeptList({ kept }: { kept: readonly Kept[] }) {
  if (kept.length === 0) return <Notice tone="good">Tout ce que cet import avait écrit a été retiré.</Notice>
  return (
    <Notice tone="warn" title="Ce qui reste, et pourquoi">
      <ul>
        {kept.map(({ entity, fate, count, examples }) => (
          <li key={`${entity} ${fate}`}>
            {formatNumber(count)} {(keptWords[entity] ?? keptWords.person)![count > 1 ? 'many' : 'one']},{' '}
            {reasons[fate]}
            <Examples entity={entity} ids={examples} />
          </li>
        ))}
      </ul>
    </Notice>
  )
}

const pages: Record<string, string> = { person: 'personnes', organisation: 'organisations', activity: 'activites' }

const Examples = ({ entity, ids }: { entity: string; ids: readonly string[] }) => {
  const page = pages[entity]
  if (!page) return null
  return (
    <>
      {' ('}
      {ids.map((id, i) => (
        <span key={id}>
          {i > 0 && ', '}
          <Link href={`/bureau/${page}/${id}`}>fiche {i + 1}</Link>
        </span>
      ))}
      {')'}
    </>
  )
}
