import { formatDateTimeRange } from '#app/ui/french.ts'
import { attendanceModeLabels } from '../../labels.ts'
import type { Practical } from '../practical.ts'
import { type Block, facts, htmlOf, link, qr, text, textOf } from './compose.ts'

export const mailKinds = [
  'confirmed',
  'waitlisted',
  'again',
  'moved-up',
  'updated',
  'reminder',
  'link-soon',
  'activity-changed',
  'activity-cancelled',
  'own-cancellation',
] as const
export type MailKind = (typeof mailKinds)[number]

/** What a mail about one registration may say. */
export interface MailFacts {
  givenName: string
  centre: string
  activity: {
    title: string
    kind: string
    place: string | null
    address: string | null
    cancelledReason: string | null
    sessions: { title: string | null; startsAt: Date; endsAt: Date; place: string | null }[]
  }
  status: 'registered' | 'waitlisted' | 'cancelled'
  own: Practical
  /** Who holds a place on site has a code to show at the door. */
  ticket: boolean
  ownLink: string
  activityLink: string
}

const subjects: Record<MailKind, (title: string) => string> = {
  confirmed: (title) => `Votre inscription est confirmée : ${title}`,
  waitlisted: (title) => `Vous êtes sur la liste d’attente : ${title}`,
  again: (title) => `Vous êtes déjà inscrit·e : ${title}`,
  'moved-up': (title) => `Une place s’est libérée, elle est à vous : ${title}`,
  updated: (title) => `Votre inscription a été modifiée : ${title}`,
  reminder: (title) => `Rappel : ${title}`,
  'link-soon': (title) => `C’est bientôt, voici le lien : ${title}`,
  'activity-changed': (title) => `Changement de date, de lieu ou de format : ${title}`,
  'activity-cancelled': (title) => `Annulation : ${title}`,
  'own-cancellation': (title) => `Votre inscription est annulée : ${title}`,
}

const opening: Record<MailKind, string> = {
  confirmed: 'Votre place est réservée.',
  waitlisted:
    'L’activité est complète : vous êtes sur la liste d’attente. Dès qu’une place se libère, elle est proposée dans l’ordre des demandes, et un message vous l’annonce. Il n’est pas utile de vous inscrire de nouveau.',
  again: 'Vous avez demandé une inscription, mais vous étiez déjà inscrit·e : rien n’a changé.',
  'moved-up':
    'Une place s’est libérée : vous n’êtes plus sur la liste d’attente, votre inscription est confirmée. Si vous ne pouvez plus venir, merci d’annuler, la place ira à la personne suivante.',
  updated: 'Votre inscription a bien été modifiée. Voici ce qu’elle est maintenant.',
  reminder: 'L’activité à laquelle vous êtes inscrit·e approche.',
  'link-soon': 'L’activité commence dans moins d’une heure. Voici de quoi la rejoindre.',
  'activity-changed': 'L’activité à laquelle vous êtes inscrit·e a changé. Voici ce qui est prévu maintenant.',
  'activity-cancelled': 'L’activité à laquelle vous étiez inscrit·e n’aura pas lieu.',
  'own-cancellation': 'Votre inscription est annulée, merci de nous avoir prévenus.',
}

const TICKET =
  'Votre billet est sur la page de votre inscription : présentez son code à l’entrée, sur votre téléphone ou imprimé. Sans lui, votre nom suffit.'

export function registrationMail(kind: MailKind, said: MailFacts): { subject: string; text: string; html: string } {
  const blocks = blocksOf(kind, said)
  return { subject: subjects[kind](said.activity.title), text: textOf(blocks), html: htmlOf(blocks) }
}

function blocksOf(kind: MailKind, said: MailFacts): Block[] {
  const over = kind === 'activity-cancelled' || kind === 'own-cancellation'
  return [
    text(`Bonjour ${said.givenName},`),
    text(opening[kind]),
    ...(kind === 'activity-cancelled' && said.activity.cancelledReason ? [text(said.activity.cancelledReason)] : []),
    ...(['again', 'updated', 'activity-changed'].includes(kind) ? [text(standing(said))] : []),
    what(said, over),
    ...(over ? [] : practicalBlocks(said)),
    ...(!over && said.ticket ? [qr(TICKET)] : []),
    ...(over
      ? [link('Voir la page de l’activité', said.activityLink)]
      : [
          link('Voir, modifier ou annuler votre inscription', said.ownLink, true),
          text('Ce lien vous est personnel : il ouvre votre inscription sans mot de passe.'),
        ]),
    text(said.centre),
  ]
}

const standing = ({ status }: MailFacts) =>
  status === 'registered' ? 'Votre place est réservée.' : 'Vous êtes sur la liste d’attente.'

function what({ activity, own: { mode } }: MailFacts, over: boolean): Block {
  const place = mode === 'remote' ? null : [activity.place, activity.address].filter(Boolean).join('\n')
  const when = activity.sessions.map(({ title, startsAt, endsAt, place: room }) =>
    [title, formatDateTimeRange(startsAt, endsAt), mode === 'onsite' && room].filter(Boolean).join(' · '),
  )
  return facts([
    ['Activité', `${activity.title} (${activity.kind.toLowerCase()})`],
    [when.length > 1 ? 'Dates' : 'Date', when.join('\n')],
    ['Lieu', place],
    ['Participation', !over && attendanceModeLabels[mode]],
  ])
}

/** What is said to one way of taking part only. */
export function practicalBlocks({ own, status }: Pick<MailFacts, 'own' | 'status'>): Block[] {
  if (status !== 'registered') return []
  if (own.mode === 'onsite') return own.note ? [text(`Pour venir :\n${own.note}`)] : []
  return [
    own.joining
      ? link('Se connecter', own.joining, true)
      : text('Le lien de connexion vous sera envoyé avant l’activité.'),
    ...(own.note ? [text(`Pour vous connecter :\n${own.note}`)] : []),
    ...(own.testLink ? [link('Essayer votre connexion à l’avance', own.testLink)] : []),
  ]
}
