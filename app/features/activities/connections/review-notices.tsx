import { Notice } from '#app/ui/feedback.tsx'
import { Link } from '#app/ui/link.tsx'
import type { ReviewSaid } from './review-action.server.ts'
import type { Review } from './review.server.ts'

interface NoticesProps {
  review: Review
  again: boolean
  said?: ReviewSaid
  base: string
}

/** What one should know of a list before validating it, and what was just done. */
export const ReviewNotices = ({ review, again, said, base }: NoticesProps) => (
  <>
    {said?.notice && (
      <Notice tone="good">
        {said.notice} <Link href={base}>Voir la feuille de présence</Link>
      </Notice>
    )}
    {again && !said && <Notice>Ce fichier était déjà importé : voici ce qui en a été décidé. Rien n’a changé.</Notice>}
    {review.forgotten && (
      <Notice>
        Les noms de cette liste ont été effacés, trente jours après sa validation. Les personnes reconnues sont sur la
        feuille de présence ; les autres restent comptées.
      </Notice>
    )}
    {!review.inSession && !review.forgotten && (
      <Notice tone="warn" title="Est-ce la bonne liste ?">
        Aucune de ces connexions n’a eu lieu pendant l’activité : aucune ne compterait.
      </Notice>
    )}
    {review.shift !== 0 && (
      <Notice>
        Les heures de ce fichier étaient décalées de {Math.abs(review.shift / 60)} h par rapport à l’activité (une
        horloge d’un autre fuseau, sans doute) : elles ont été ramenées à celles de Paris.
      </Notice>
    )}
  </>
)
