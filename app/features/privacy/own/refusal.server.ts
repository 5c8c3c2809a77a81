import { data } from 'react-router'
import { privateHeaders } from '#app/features/activities/index.server.ts'
import { notFound } from '#app/platform/web.server.ts'
import type { OwnDataError } from './own-data.server.ts'

/** A link of one hour that is over, or was never ours. */
export const linkRefusal = ({ type }: OwnDataError) =>
  type === 'forged'
    ? notFound('Ce lien n’est pas complet. Ouvrez-le depuis le message reçu, sans le recopier.')
    : data('Ce lien n’ouvre plus rien : il vaut une heure. Demandez-en un autre depuis le lien de votre inscription.', {
        status: 410,
        headers: privateHeaders,
      })
