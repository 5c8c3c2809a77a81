import { useEffect } from 'react'
import { Form, useRevalidator } from 'react-router'
import { Progress } from '#app/ui/feedback.tsx'
import { Moment } from '#app/ui/fr.tsx'
import { nb } from '#app/ui/french.ts'
import { Link } from '#app/ui/link.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import type { SearchState } from './search.server.ts'

const LOOK_EVERY = 2000

/** When the list was made, how far the search is, and what asks for a new one. */
export function SearchPanel({ search: { endedAt, underWay, progress } }: { search: SearchState }) {
  const { revalidate } = useRevalidator()
  useEffect(() => {
    if (!underWay) return
    const timer = setInterval(() => void revalidate(), LOOK_EVERY)
    return () => clearInterval(timer)
  }, [underWay, revalidate])
  if (underWay)
    return (
      <div className="stack">
        <Progress
          label={nb(progress?.step ? `Recherche des doublons : ${progress.step}` : 'Recherche des doublons')}
          {...(progress ? { value: progress.done, max: progress.total ?? 100 } : {})}
        />
        <p className="small">
          <Link href="?">Actualiser</Link>
        </p>
      </div>
    )
  return (
    <Form method="post" className="row">
      <SubmitButton look="quiet" name="intent" value="search" pendingLabel="Recherche…">
        Chercher les doublons
      </SubmitButton>
      <p className="small soft">
        {endedAt ? (
          <>
            Dernière recherche&nbsp;: <Moment date={endedAt} />. Elle se refait chaque nuit.
          </>
        ) : (
          'Aucune recherche n’a encore été faite. Elle se fait aussi chaque nuit.'
        )}
      </p>
    </Form>
  )
}
