import type { ConnectionTool } from '../../labels.ts'
import { plain } from './plain.ts'
import { cellsOf, type Table } from './tables.ts'

interface Sign {
  tool: ConnectionTool
  known: (cells: ReadonlySet<string>, has: (pattern: RegExp) => boolean) => boolean
}

/** By the words that each tool alone writes, in French or in English. */
const signs: Sign[] = [
  { tool: 'livestorm', known: (_, has) => has(/livestorm/) },
  {
    tool: 'teams',
    known: (cells, has) =>
      has(
        /participant id upn|id de participant upn|id du participant upn|identifiant du participant upn|^meeting summary$|^utceventtimestamp$/,
      ) ||
      has(/^(1 summary|1 resume|1 synthese|1\. summary|1\. resume|1\. synthese|2 participants|2\. participants)$/) ||
      cells.has('in meeting duration') ||
      (cells.has('full name') && cells.has('user action')),
  },
  {
    tool: 'zoom',
    known: (_, has) =>
      has(/(original name|nom d origine|nom original)$/) ||
      has(
        /^(recording consent|recording disclaimer response|enregistrement consenti|consentement a l enregistrement)$/,
      ) ||
      has(/^(webinar id|id du webinaire)$/) ||
      (has(/^(meeting id|id de reunion|id de la reunion)$/) &&
        has(/^(join time|heure d arrivee|total duration minutes|duree totale minutes)$/)),
  },
  {
    tool: 'bigbluebutton',
    known: (_, has) =>
      has(/^(activity score|score d activite|niveau d activite)$/) ||
      (has(/^(moderator|moderateur)$/) && has(/^(talk time|temps de parole)$/)),
  },
  { tool: 'jitsi', known: (_, has) => has(/jitsi|^(speaker stats|stats id|jid|occupant jid|participant jid)$/) },
]

export function toolOf(rows: readonly (readonly string[])[]): ConnectionTool {
  const cells = cellsOf(rows)
  const list = [...cells]
  return signs.find(({ known }) => known(cells, (pattern) => list.some((cell) => pattern.test(cell))))?.tool ?? 'other'
}

/** Teams tells each coming and going apart, under the summary of each person: the detail says more. */
export function isDetail({ title }: Table): boolean {
  return (
    /^3\.? ?(in meeting|activites|activites|actividades)/.test(plain(title)) ||
    /activites (en|au cours|pendant|de la) /.test(plain(title))
  )
}

/** People who registered, in a report that also tells who came. */
export const isRegistrants = ({ title }: Table) =>
  /^(registrants?|inscrits?|4\.? ?inscrits?|liste des inscrits)/.test(plain(title))

export const isHosts = ({ title }: Table) =>
  /^(host|hosts) details|^(informations|details) (sur|de|concernant) l ?(hote|animateur|organisateur)/.test(
    plain(title),
  )

const HOST =
  /^(co ?)?(organi[sz]er|organisateur|organisatrice|organisateur trice|host|hote|hotesse|moderator|moderateur|moderatrice|animateur|animatrice|team member|membre de l equipe|owner|proprietaire|organizador|organisator)$/

/** Those who hold the meeting; in Teams, everybody of the house is a presenter: that tells nothing. */
export const isHostRole = (said: string): boolean => HOST.test(plain(said))

const YES = /^(yes|y|oui|o|vrai|true|1|x|si|ja|attended|present|presente|joined|participated|a participe)$/
const NO =
  /^(no|n|non|faux|false|0|nein|not attended|did not attend|absent|absente|no show|n a pas participe|pas venu|registered|inscrit|inscrite|)$/

/** « Yes », « Oui », « VRAI », « TRUE »…; null where it says neither. */
export function readYes(said: string): boolean | null {
  const text = plain(said)
  return YES.test(text) ? true : NO.test(text) && said.trim() !== '' ? false : null
}

const LEFT =
  /^(participant |user )?(left|leave|leaves|quitte|a quitte|parti|partie|exited|sortie|depart|deconnexion|deconnecte)\b/
const JOINED =
  /^(participant |user )?(joined|join|rejoint|a rejoint|arrive|arrivee|entered|entree|connexion|connecte)\b/

export const eventOf = (said: string): 'joined' | 'left' | null => {
  const text = plain(said).replace(/_/g, ' ')
  return LEFT.test(text) ? 'left' : JOINED.test(text) ? 'joined' : null
}
