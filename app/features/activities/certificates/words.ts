import { formatDate, nb } from '#app/ui/french.ts'
import type { SubjectError } from './issue.server.ts'
import type { Revocation } from './queries.server.ts'

/** Why there is no certificate to give, for who asked. */
export function subjectSentence(error: SubjectError): string {
  switch (error.type) {
    case 'no-such-subject':
      return 'Cette activité n’existe plus.'
    case 'not-given':
      return error.state === 'cancelled'
        ? 'Cette activité est annulée : elle ne donne pas d’attestation.'
        : 'Cette activité est encore un brouillon : publiez-la pour établir des attestations.'
    case 'no-date':
      return 'Il n’y a pas encore de date : donnez les séances pour établir des attestations.'
    case 'not-over':
      return `Les attestations s’établissent une fois tout terminé, après le ${formatDate(error.endsAt)}.`
    case 'no-certificate':
      return 'Ce cycle ne donne pas d’attestation : indiquez sur sa fiche la part de présence demandée.'
    default:
      return error satisfies never
  }
}

export const notEntitledSentence =
  'Une attestation se donne à qui était présent : cette présence n’a pas été relevée, ou pas encore.'

export const revocationSentences: Record<Revocation, string> = {
  attendance: 'La présence dont elle faisait état a été corrigée.',
  renamed: 'Le nom qu’elle portait a été corrigé.',
  replaced: 'Une version plus récente la remplace.',
}

export const newerSentence = nb(
  'Une version plus récente a été établie : demandez-la à la personne qui vous a remis celle-ci.',
)
