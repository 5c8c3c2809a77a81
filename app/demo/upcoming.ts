import { isoDay } from '#app/ui/french.ts'
import { type DemoActivity, everybody, schools } from './activity.ts'

export interface ComingActivity extends DemoActivity {
  capacityOnsite?: number
  capacityRemote?: number
  registered: number
  waitlisted: number
}

/** So many days from now, then on to the next Tuesday or Thursday. */
function comingDay(now: Date, days: number): string {
  for (let more = 0; ; more += 1) {
    const day = isoDay(new Date(now.getTime() + (days + more) * 86_400_000))
    const week = new Date(`${day}T12:00:00Z`).getUTCDay()
    if (week === 2 || week === 4) return day
  }
}

const base = { present: 0, role: 'organisateur', scale: 'regional', territories: ['reg-76'], waitlisted: 0 } as const

/** Published activities of the next weeks, registration open: the only part of the demonstration that depends on the day it is loaded. */
export const upcoming = (now: Date): ComingActivity[] => [
  {
    ...base,
    slug: 'femmes-et-espaces-publics',
    day: comingDay(now, 9),
    sessions: [
      ['09:30', '12:30'],
      ['14:00', '16:30'],
    ],
    kind: 'seminaire',
    title: 'Femmes et espaces publics',
    summary:
      'Marches exploratoires, aménagement, mixité des usages : ce qui change quand on regarde la ville autrement.',
    mode: 'hybride',
    theme: 'egalite-femmes-hommes',
    themes: ['urbanisme-habitat-mobilite'],
    place: 'Maison des associations, Montpellier',
    departement: 'dep-34',
    territories: ['reg-76', 'com-34172'],
    profiles: everybody,
    capacityOnsite: 80,
    capacityRemote: 150,
    remote: 0.35,
    registered: 46,
    programme: [
      ['09:30', 'Accueil'],
      [
        '10:00',
        'Qui occupe la place ? Ce que montrent les relevés',
        [['Blandine Roumégas', 'Maîtresse de conférences']],
      ],
      ['14:00', 'Ateliers sur plan'],
    ],
  },
  {
    ...base,
    slug: 'budget-participatif-webinaire',
    day: comingDay(now, 16),
    sessions: [['11:00', '12:30']],
    kind: 'webinaire',
    title: 'Budgets participatifs dans les quartiers : mode d’emploi',
    summary: 'Une heure et demie, deux villes, vos questions.',
    mode: 'distanciel',
    theme: 'participation-citoyenne',
    registered: 31,
  },
  {
    ...base,
    slug: 'atelier-indicateurs',
    day: comingDay(now, 23),
    sessions: [['09:30', '12:30']],
    kind: 'atelier',
    title: 'Choisir trois indicateurs plutôt que trente',
    summary: 'Atelier pratique pour les équipes projet : apportez le plan d’action de votre contrat.',
    mode: 'presentiel',
    theme: 'evaluation',
    place: 'Narbonne',
    departement: 'dep-11',
    territories: ['com-11262', 'dep-11'],
    capacityOnsite: 20,
    registered: 20,
    waitlisted: 4,
    profiles: { 'chef-projet-pv': 50, 'agent-collectivite': 30, 'etat-service': 20 },
  },
  {
    ...base,
    slug: 'reseau-pre-herault-prochaine-rencontre',
    day: comingDay(now, 37),
    sessions: [['09:30', '12:30']],
    kind: 'reseau',
    title: 'Réseau PRE Hérault, prochaine rencontre',
    summary: 'Le partage d’information entre professionnels, cas pratiques.',
    mode: 'presentiel',
    scale: 'departemental',
    theme: 'education-politique-de-la-ville',
    series: 'Réseau PRE Hérault',
    place: 'Sète',
    departement: 'dep-34',
    territories: ['dep-34', 'com-34301'],
    registered: 12,
    profiles: schools,
  },
  {
    ...base,
    slug: 'quartiers-fraicheur',
    day: comingDay(now, 51),
    sessions: [['09:30', '16:30']],
    kind: 'journee',
    title: 'Quartiers et fraîcheur : adapter sans déplacer',
    summary: 'Visite d’un quartier, retours de bailleurs et d’habitants, table ronde.',
    mode: 'presentiel',
    role: 'co-organisateur',
    theme: 'transition-ecologique',
    themes: ['urbanisme-habitat-mobilite'],
    place: 'Nîmes',
    departement: 'dep-30',
    territories: ['reg-76', 'com-30189'],
    partners: [
      ['Ressources et Territoires', 'Co-organisation'],
      ['Nîmes Métropole', 'Accueil'],
    ],
    capacityOnsite: 120,
    registered: 9,
  },
]
