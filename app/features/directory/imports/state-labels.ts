import type { Tone } from '#app/ui/feedback.tsx'

type StateTone = Tone | 'neutral'

/** How far an import is, as its list and its page say. */
export const importStateLabels: Record<string, { label: string; tone: StateTone }> = {
  draft: { label: 'À préparer', tone: 'neutral' },
  checking: { label: 'Vérification en cours', tone: 'info' },
  checked: { label: 'À confirmer', tone: 'warn' },
  running: { label: 'Reprise en cours', tone: 'info' },
  done: { label: 'Repris', tone: 'good' },
  undoing: { label: 'Annulation en cours', tone: 'info' },
  undone: { label: 'Annulé', tone: 'neutral' },
  refused: { label: 'Fichier refusé', tone: 'bad' },
}

export const isWorking = (state: string) => state === 'checking' || state === 'running' || state === 'undoing'

export const matchingLabels = {
  email: { label: 'La même adresse électronique et le même nom', hint: 'Le plus prudent.' },
  'email-phone': {
    label: 'La même adresse ou le même téléphone, et le même nom',
    hint: 'Convient à la plupart des listes.',
  },
  name: {
    label: 'Le même nom suffit, quand rien ne le contredit',
    hint: 'Pour une liste sans adresses. Deux homonymes dont les adresses diffèrent restent à vérifier.',
  },
} as const

export const knownLabels = {
  fill: {
    label: 'Compléter sa fiche',
    hint: 'Seulement ce qui est vide, et une organisation de plus s’il y a lieu. Rien n’est remplacé.',
  },
  keep: { label: 'Garder sa fiche telle quelle', hint: 'Seules les personnes inconnues sont ajoutées.' },
  ask: { label: 'Demander à chaque fois', hint: 'Chaque personne déjà connue est à vérifier avant la reprise.' },
  new: { label: 'Ajouter quand même', hint: 'Sans comparer à l’annuaire, au risque de doublons.' },
} as const

export const keptWords: Record<string, { one: string; many: string }> = {
  person: { one: 'personne', many: 'personnes' },
  organisation: { one: 'organisation', many: 'organisations' },
  affiliation: { one: 'situation', many: 'situations' },
  consent: { one: 'accord', many: 'accords' },
  activity: { one: 'activité', many: 'activités' },
  attendance: { one: 'présence', many: 'présences' },
}
