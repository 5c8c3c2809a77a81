import { err, ok, type Result } from '#app/platform/result.ts'

/** What a message may name between braces. A closed list of words, never a language: a value is put in as it is. */
export const mergeFields = [
  'prénom',
  'nom',
  'activité',
  'date',
  'lieu',
  'documents',
  'lien de l’attestation',
  'lien de l’activité',
  'responsable',
  'centre',
] as const
export type MergeField = (typeof mergeFields)[number]

export const mergeFieldHints: Record<MergeField, string> = {
  prénom: 'son prénom',
  nom: 'son nom',
  activité: 'le titre de l’activité',
  date: 'le jour de l’activité',
  lieu: 'le lieu de l’activité',
  documents: 'les documents cochés, un par ligne, avec leur lien',
  'lien de l’attestation': 'son attestation de présence, en PDF',
  'lien de l’activité': 'la page publique de l’activité',
  responsable: 'la personne responsable de l’activité',
  centre: 'le nom du centre',
}

export type Piece = { text: string } | { field: MergeField }

export interface MergeProblem {
  type: 'unknown' | 'unclosed' | 'unopened' | 'not-for-them'
  /** Between the braces, as it was written. */
  written: string
  /** Both begin at 1. */
  line: number
  column: number
  /** The word that was probably meant. */
  nearest: MergeField | null
}

/** « {Prenom} » and « {lien de l'attestation} » are understood: case, accents and apostrophes do not matter. */
const fold = (text: string) =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll("'", '’').replace(/\s+/g, ' ').trim().toLowerCase()

const byFolded = new Map(mergeFields.map((field) => [fold(field), field]))

/** Cuts a message at its fields; whatever a brace holds that is not a field is refused at its place. */
export function parseMerge(
  text: string,
  allowed: readonly MergeField[] = mergeFields,
): Result<Piece[], MergeProblem[]> {
  const pieces: Piece[] = []
  const problems: MergeProblem[] = []
  const refuse = (type: MergeProblem['type'], written: string, at: number) =>
    problems.push({ type, written: written.slice(0, 60), ...placeOf(text, at), nearest: nearestTo(written) })
  for (const { 0: written, index } of text.matchAll(/\{[^{}\n]*\}|[{}]|[^{}]+/g)) {
    const inside = written.length > 1 && written.startsWith('{') ? written.slice(1, -1) : null
    const field = inside === null ? undefined : byFolded.get(fold(inside))
    if (field && allowed.includes(field)) pieces.push({ field })
    else if (field) refuse('not-for-them', inside!, index)
    else if (inside !== null) refuse('unknown', inside, index)
    else if (written === '{') refuse('unclosed', '', index)
    else if (written === '}') refuse('unopened', '', index)
    else pieces.push({ text: written })
  }
  return problems.length > 0 ? err(problems) : ok(pieces)
}

function placeOf(text: string, at: number) {
  const before = text.slice(0, at).split('\n')
  return { line: before.length, column: before.at(-1)!.length + 1 }
}

/** The field that shares the most beginning, or that holds what was written. */
function nearestTo(written: string): MergeField | null {
  const wanted = fold(written)
  if (wanted.length < 2) return null
  const near = mergeFields.filter((field) => {
    const name = fold(field)
    return name.includes(wanted) || wanted.includes(name) || name.startsWith(wanted.slice(0, 3))
  })
  return near[0] ?? null
}

export const fillMerge = (pieces: readonly Piece[], values: Record<MergeField, string>): string =>
  pieces.map((piece) => ('text' in piece ? piece.text : values[piece.field])).join('')

/** « Ligne 3, caractère 12 : « {prenon} » n’est pas un champ. Vouliez-vous dire {prénom} ? » */
export function mergeSentence({ type, written, line, column, nearest }: MergeProblem): string {
  const place = `Ligne ${line}, caractère ${column}\u202f: `
  switch (type) {
    case 'unknown':
      return `${place}«\u202f{${written}}\u202f» n’est pas un champ.${nearest ? ` Vouliez-vous dire {${nearest}}\u202f?` : ''}`
    case 'not-for-them':
      return `${place}«\u202f{${written}}\u202f» n’a pas de sens pour ces personnes\u202f: elles n’étaient pas présentes.`
    case 'unclosed':
      return `${place}cette accolade ouvre un champ qui n’est pas fermé.`
    case 'unopened':
      return `${place}cette accolade ferme un champ qui n’est pas ouvert.`
    default:
      return type satisfies never
  }
}
