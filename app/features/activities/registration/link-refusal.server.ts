import { data } from 'react-router'
import { notFound } from '#app/platform/web.server.ts'
import type { LinkError } from './own.server.ts'

/** Never kept on the way, never told to the next site. */
export const privateHeaders = { 'cache-control': 'private, no-store', 'referrer-policy': 'no-referrer' }

export const linkRefusal = ({ type }: LinkError) =>
  type === 'forged'
    ? notFound('Ce lien n’est pas complet. Ouvrez-le depuis le message reçu, sans le recopier.')
    : data(
        'Ce lien a servi à suivre une inscription dont l’activité est terminée depuis plus d’un mois, ou il a été remplacé par un lien plus récent.',
        { status: 410, headers: privateHeaders },
      )
