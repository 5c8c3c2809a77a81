import { plain } from './plain.ts'
import type { SpanUnit } from './spans.ts'

/** What a column of a connection list says, whatever the tool and its language call it. */
const words = {
  name: [
    'name|full name|fullname|display name|user name|username|participant|participant name|attendee|attendee name|member name',
    'name original name|user name original name|participant name original name',
    'nom|nom complet|nom affiche|nom d affichage|nom d utilisateur|nom utilisateur|utilisateur|nom du participant',
    'nom nom d origine|nom d utilisateur nom d origine|nom nom original|nom d utilisateur nom original',
    'nom et prenom|nom prenom|prenom et nom|prenom nom|nom prenoms|personne|participant e|nombre|nombre completo|vollstandiger name',
  ],
  given: ['first name|firstname|given name|prenom|prenoms|nombre de pila|vorname'],
  family: ['last name|lastname|family name|surname|nom de famille|nom famille|apellidos|nachname'],
  email: [
    'email|e mail|mail|user email|email address|e mail address|attendee email|participant email|user e mail',
    'adresse e mail|adresse email|adresse mail|adresse electronique|adresse de messagerie|adresse courriel|courriel|courrier electronique',
    'e mail de l utilisateur|email de l utilisateur|adresse e mail de l utilisateur|correo electronico|e mail adresse',
  ],
  join: [
    'join time|join|joined|joined at|first join|first join time|first joined|join date|start time|start|connection time|login time|entry time|arrival',
    'heure d arrivee|arrivee|date d arrivee|heure d entree|entree|heure de connexion|connexion|heure de debut|debut|heure de participation',
    'premiere participation|premiere connexion|premiere jonction|premiere arrivee|premiere entree|premier acces|heure a laquelle la personne a rejoint',
    'heure de l adhesion|rejoint a|a rejoint a|a rejoint le|hora de entrada|beitrittszeit|joined the live at',
  ],
  leave: [
    'leave time|leave|left|left at|last leave|last leave time|leave date|end time|end|disconnection time|logout time|exit time|departure',
    'heure de depart|depart|date de depart|heure de sortie|sortie|heure de deconnexion|deconnexion|heure de fin|fin',
    'dernier depart|derniere sortie|derniere deconnexion|dernier conge|quitte a|a quitte a|a quitte le|heure du depart|hora de salida',
  ],
  duration: [
    'duration|total duration|in meeting duration|meeting duration|time in session|time in meeting|attendance duration|attendance time|time attended|time spent|total time|online time|connected time|minutes|live attendance duration',
    'duree|duree totale|duree de la reunion|duree de reunion|duree dans la reunion|duree en reunion|duree au sein de la reunion|duree de presence|duree de participation|duree de connexion',
    'temps en session|temps dans la session|temps de connexion|temps passe|temps total|temps en ligne|temps de presence|duracion|dauer',
  ],
  role: ['role|roles|rol|rolle'],
  moderator: ['moderator|moderateur|moderatrice|moderateur trice|est moderateur|moderador'],
  attended: [
    'attended|has attended|present|presence|attendance|attendance status|a participe|participe|a assiste|assiste|venu|venue|est venu|participation|present e',
  ],
  waiting: ['in waiting room|dans la salle d attente|en salle d attente|salle d attente'],
  event: [
    'action|event|event type|user action|action de l utilisateur|action utilisateur|evenement|type d evenement|activite de l utilisateur',
  ],
  at: ['timestamp|horodatage|utceventtimestamp|event time|event timestamp|date|date et heure|date heure|time|heure'],
  organisation: [
    'organisation|organization|company|company name|structure|entreprise|societe|organisme|employeur|collectivite|institution',
  ],
} as const

export type ColumnKind = keyof typeof words
export type Columns = Partial<Record<ColumnKind, number>>

const kinds = new Map<string, ColumnKind>(
  (Object.keys(words) as ColumnKind[]).flatMap((kind) =>
    words[kind].flatMap((list) => list.split('|').map((word): [string, ColumnKind] => [word, kind])),
  ),
)

/** Figures and addresses are what a list holds, never how it names its columns. */
const NOT_A_HEADER = /[\d@*]/

const UNITS = / (?:en )?(?:minutes?|mins?|seconds?|secondes?|sec|hours?|heures?|hh mm ss|h min s|utc|gmt|cet|cest)$/

function kindOf(header: string): ColumnKind | undefined {
  if (header.length > 120 || header === '' || NOT_A_HEADER.test(header)) return undefined
  const text = plain(header)
    .replace(/[@._+]+/g, ' ')
    .replace(/ +/g, ' ')
    .trim()
  return kinds.get(text) ?? kinds.get(text.replace(UNITS, ''))
}

/** The first column of each kind; « nom » beside « prénom » is the family name. `known`: cells already looked at. */
export function columnsOf(cells: readonly string[], known: Map<string, ColumnKind | undefined>): Columns {
  const columns: Columns = {}
  cells.slice(0, 200).forEach((cell, index) => {
    if (!known.has(cell)) known.set(cell, kindOf(cell))
    const kind = known.get(cell)
    if (kind && columns[kind] === undefined) columns[kind] = index
  })
  if (columns.given !== undefined && columns.family === undefined && columns.name !== undefined) {
    columns.family = columns.name
    delete columns.name
  }
  return columns
}

/** A header names people and says something of their connection. */
export function isHeader(columns: Columns, cells: readonly string[]): boolean {
  const { name, family, email, join, leave, duration, attended, event, at, role, moderator } = columns
  const named = name !== undefined || family !== undefined
  const connected = [join, leave, duration, attended, role, moderator].some((column) => column !== undefined)
  const told = event !== undefined && at !== undefined
  if (named)
    return connected || told || email !== undefined || (columns.family !== undefined && columns.given !== undefined)
  // the head of a Zoom report gives the address of the host beside the number of participants
  return email !== undefined && (connected || told) && !cells.some((cell) => HEAD.test(plain(cell)))
}

const HEAD = /^(participants|topic|sujet|meeting id|id de la reunion|id de reunion|webinar id|id du webinaire)$/

export function unitOf(header: string): SpanUnit {
  const text = plain(header)
  if (/\b(seconds?|secondes?|sec)\b/.test(text)) return 'seconds'
  return /\b(hours?|heures?)\b/.test(text) ? 'hours' : 'minutes'
}
