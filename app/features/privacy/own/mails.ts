import { formatDate, nb } from '#app/ui/french.ts'
import { type RequestKind, requestKindLabels } from '../labels.ts'

/** Plain letters: few words, one thing to do. */
const letter = (...paragraphs: string[]) => `${paragraphs.map(nb).join('\n\n')}\n`

export const ownDataMail = ({ centre, link }: { centre: string; link: string }) => ({
  subject: nb(`Vos données personnelles – ${centre}`),
  text: `${letter(
    'Bonjour,',
    'Vous avez demandé à voir ce que nous gardons de vous. Ce lien l’ouvre pendant une heure :',
  )}\n${link}\n\n${letter(
    'De là, vous pouvez aussi en prendre une copie, et demander une correction ou un effacement.',
    'Si cette demande n’est pas de vous, ne faites rien : personne n’a rien vu.',
    centre,
  )}`,
})

export const requestReceivedMail = ({ centre, kind, dueOn }: { centre: string; kind: RequestKind; dueOn: string }) => ({
  subject: nb(`Votre demande est arrivée – ${centre}`),
  text: letter(
    'Bonjour,',
    `Nous avons bien reçu votre demande (${requestKindLabels[kind].toLowerCase()}). Vous aurez une réponse au plus tard le ${formatDate(dueOn)}.`,
    centre,
  ),
})

export const requestWaitsMail = ({ kind, dueOn, link }: { kind: RequestKind; dueOn: string; link: string }) => ({
  subject: nb(`Une demande sur des données personnelles attend : ${requestKindLabels[kind].toLowerCase()}`),
  text: `${letter(
    'Bonjour,',
    `Une personne a fait une demande depuis son lien personnel. La réponse est due au plus tard le ${formatDate(dueOn)} :`,
  )}\n${link}\n`,
})

export const answeredMail = ({ centre, answer }: { centre: string; answer: string }) => ({
  subject: nb(`Réponse à votre demande – ${centre}`),
  text: letter(
    'Bonjour,',
    answer,
    'Si cette réponse ne vous convient pas, vous pouvez saisir la CNIL : https://www.cnil.fr/fr/plaintes',
    centre,
  ),
})

export const erasedMail = ({ centre }: { centre: string }) => ({
  subject: nb(`Vos données sont effacées – ${centre}`),
  text: letter(
    'Bonjour,',
    'Comme vous l’avez demandé, vos données personnelles sont effacées. Vos présences passées restent comptées dans nos bilans, sans que rien ne permette de savoir qu’elles étaient les vôtres.',
    'Ce message lui-même sera effacé sous sept jours. Une nouvelle inscription ferait de vous une nouvelle personne dans notre annuaire.',
    centre,
  ),
})

export const reviewMail = ({ due, open, late, link }: { due: number; open: number; late: number; link: string }) => ({
  subject: nb('Données personnelles : ce qui attend une décision'),
  text: `${letter(
    'Bonjour,',
    [
      due > 0 ? `Fiches dont la durée de conservation est échue : ${due}.` : '',
      open > 0 ? `Demandes à traiter : ${open}${late > 0 ? `, dont ${late} en retard` : ''}.` : '',
    ]
      .filter(Boolean)
      .join('\n'),
  )}\n${link}\n`,
})
