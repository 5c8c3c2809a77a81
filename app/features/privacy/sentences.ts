import { formatNumber, joinList, nb, plural } from '#app/ui/french.ts'
import type { LeftReason } from './erasure/erase-people.server.ts'

/** Why somebody could not be erased. */
export const leftSentences: Record<LeftReason, string> = {
  account: 'Cette personne a encore un compte ouvert dans l’équipe : suspendez-le d’abord.',
  'not-due': 'Cette personne a agi depuis, ou vient d’être gardée : sa durée n’est plus échue.',
  gone: 'Cette personne est déjà effacée.',
}

const counted: Record<LeftReason, [one: string, many: string]> = {
  account: ['a encore un compte dans l’équipe', 'ont encore un compte dans l’équipe'],
  'not-due': ['n’est plus à effacer', 'ne sont plus à effacer'],
  gone: ['l’était déjà', 'l’étaient déjà'],
}

/** « 12 personnes sont effacées. 1 a encore un compte dans l’équipe. » */
export function reportSentence({
  erased,
  left,
}: {
  erased: number
  left: Partial<Record<LeftReason, number>>
}): string {
  const done = `${plural(erased, 'personne est effacée', 'personnes sont effacées')}.`
  const rest = (Object.keys(counted) as LeftReason[]).flatMap((why) => {
    const many = left[why] ?? 0
    return many > 0 ? [`${formatNumber(many)} ${counted[why][many > 1 ? 1 : 0]}`] : []
  })
  return nb(rest.length > 0 ? `${done} ${joinList(rest)}.` : done)
}
