/** Organisations of the demonstration: the sixteen members and the partners of the report, then employers of invented people. */

export type Departement = '11' | '30' | '34' | '48' | '66' | '31' | '81' | '65'

/** Profiles of the vocabulary that people of the demonstration hold. */
export type Profile =
  | 'elu'
  | 'chef-projet-pv'
  | 'agent-collectivite'
  | 'etat-delegue-prefet'
  | 'etat-service'
  | 'education-nationale'
  | 'universitaire-etudiant'
  | 'association'
  | 'conseil-citoyen-habitant'
  | 'bailleur-hlm'
  | 'agence-urbanisme'
  | 'operateur-public'
  | 'centre-de-ressources'
  | 'consultant'

export interface DemoOrganisation {
  name: string
  acronym?: string
  kind: string
  departement: Departement | null
  territory?: string
  note?: string
  /** Profiles of the people who work there; without any, nobody of the demonstration does. */
  profiles: readonly Profile[]
}

const council = ['elu', 'chef-projet-pv', 'agent-collectivite'] as const

/** Where each member stands, by its name in annee-2022.json. */
export const memberTerritories: Record<string, string> = {
  'Alès Agglomération': 'epci-200066918',
  "Communauté d'agglomération du Gard rhodanien": 'epci-200034692',
  'Carcassonne Agglomération': 'epci-200035715',
  "Communauté d'agglomération Hérault Méditerranée": 'epci-243400819',
  'Communauté de communes du Grand Orb': 'epci-200042646',
  'Communauté de communes Lodévois et Larzac': 'epci-200017341',
  'Ville de Béziers': 'com-34032',
  'Ville de Lézignan-Corbières': 'com-11203',
  'Ville de Limoux': 'com-11206',
  'Ville de Lunel': 'com-34145',
  'Montpellier Méditerranée Métropole': 'epci-243400017',
  'Nîmes Métropole': 'epci-243000643',
  'Sète Agglopôle Méditerranée': 'epci-200066355',
  'Ville de Vauvert': 'com-30341',
  'GIP Politique de la ville Alès Cévennes': 'com-30007',
  'FAIRE ESS': 'com-34172',
}

export const memberProfiles = (kind: string): readonly Profile[] =>
  kind === 'association' ? ['association'] : kind === 'GIP' ? ['chef-projet-pv', 'agent-collectivite'] : council

export const partners: DemoOrganisation[] = [
  { name: 'Réciprocités', kind: 'association', departement: '34', profiles: ['association'] },
  {
    name: 'Ressources et Territoires',
    kind: 'gip',
    departement: '31',
    territory: 'com-31555',
    profiles: ['centre-de-ressources'],
  },
  {
    name: 'Réseau des collectivités territoriales pour une économie solidaire',
    acronym: 'RTES',
    kind: 'association',
    departement: null,
    profiles: [],
  },
  { name: 'Toulouse Métropole', kind: 'epci', departement: '31', territory: 'epci-243100518', profiles: council },
  { name: 'CRESS Occitanie', kind: 'association', departement: '31', profiles: ['association'] },
  {
    name: 'Agence nationale de la cohésion des territoires',
    acronym: 'ANCT',
    kind: 'etablissement-public',
    departement: null,
    profiles: [],
  },
  { name: 'Pluricité', kind: 'entreprise', departement: null, profiles: [] },
]

const state = (name: string, departement: Departement, profiles: readonly Profile[] = ['etat-service']) =>
  ({ name, kind: 'etat', departement, profiles }) satisfies DemoOrganisation
const prefecture = (name: string, departement: Departement) =>
  state(name, departement, ['etat-delegue-prefet', 'etat-service'])
const association = (name: string, departement: Departement) =>
  ({ name, kind: 'association', departement, profiles: ['association'] }) satisfies DemoOrganisation
const citizens = (name: string, departement: Departement) =>
  ({ name, kind: 'conseil-citoyen', departement, profiles: ['conseil-citoyen-habitant'] }) satisfies DemoOrganisation
const landlord = (name: string, departement: Departement) =>
  ({ name, kind: 'bailleur', departement, profiles: ['bailleur-hlm'] }) satisfies DemoOrganisation
const school = (name: string, departement: Departement, profiles: readonly Profile[] = ['education-nationale']) =>
  ({ name, kind: 'enseignement', departement, profiles }) satisfies DemoOrganisation
const town = (name: string, departement: Departement, territory: string, kind = 'commune') =>
  ({ name, kind, departement, territory, profiles: council }) satisfies DemoOrganisation

export const employers: DemoOrganisation[] = [
  town('Ville de Narbonne', '11', 'com-11262'),
  town('Ville de Beaucaire', '30', 'com-30032'),
  town('Ville d’Uzès', '30', 'com-30334'),
  town('Ville de Frontignan', '34', 'com-34108'),
  town('Ville de Mende', '48', 'com-48095'),
  town('Perpignan Méditerranée Métropole', '66', 'epci-200027183', 'epci'),
  town('Ville d’Albi', '81', 'com-81004'),
  town('Ville de Tarbes', '65', 'com-65440'),
  prefecture('Préfecture de l’Aude', '11'),
  prefecture('Préfecture du Gard', '30'),
  prefecture('Préfecture de l’Hérault', '34'),
  prefecture('Préfecture des Pyrénées-Orientales', '66'),
  prefecture('Préfecture de la Lozère', '48'),
  prefecture('Préfecture de la Haute-Garonne', '31'),
  state('DDETS de l’Hérault', '34'),
  state('DDETS du Gard', '30'),
  state('DREETS Occitanie', '31'),
  state('DDTM de l’Hérault', '34'),
  state('DDETSPP de l’Aude', '11'),
  school('DSDEN de l’Hérault', '34'),
  school('DSDEN du Gard', '30'),
  school('DSDEN de l’Aude', '11'),
  school('Collège des Micocouliers', '34'),
  school('Collège de la Costière', '30'),
  school('Collège du Cers', '66'),
  school('Institut du travail social des Garrigues', '34', ['universitaire-etudiant']),
  school('Université de la Méditerranée, laboratoire Villes et liens', '34', ['universitaire-etudiant']),
  association('Association Les Passerelles', '34'),
  association('Centre social Les Micocouliers', '34'),
  association('Mission locale du Golfe', '34'),
  association('Chantier d’insertion La Fabrique verte', '34'),
  association('Centre social des Cévennes', '30'),
  association('Association Pas à pas', '30'),
  association('Régie de quartier de la Costière', '30'),
  association('Association Vents d’Aude', '11'),
  association('Maison des jeunes de la Cité', '11'),
  association('Association Racines catalanes', '66'),
  association('Association Gévaudan solidaire', '48'),
  association('Association Rives de Garonne', '31'),
  association('Collectif des quartiers du Tarn', '81'),
  citizens('Conseil citoyen de Prés Saint-Jean', '30'),
  citizens('Conseil citoyen de Saint-Ambroix', '30'),
  citizens('Conseil citoyen d’Anduze', '30'),
  citizens('Conseil citoyen de La Grand-Combe', '30'),
  citizens('Conseil citoyen de Lunel', '34'),
  citizens('Conseil citoyen de Narbonne-Est', '11'),
  landlord('Habitat des Garrigues', '34'),
  landlord('Logis du Golfe', '34'),
  landlord('Toit cévenol', '30'),
  landlord('Habitat des Corbières', '11'),
  { name: 'Agence d’urbanisme de la plaine', kind: 'association', departement: '30', profiles: ['agence-urbanisme'] },
  {
    name: 'Pôle emploi, direction territoriale de l’Hérault',
    kind: 'etablissement-public',
    departement: '34',
    profiles: ['operateur-public'],
  },
  {
    name: 'Caisse d’allocations familiales du Gard',
    kind: 'etablissement-public',
    departement: '30',
    profiles: ['operateur-public'],
  },
  { name: 'Cabinet Parallèles', kind: 'entreprise', departement: '34', profiles: ['consultant'] },
]

/** Functions by profile: for a woman, for a man. */
export const functions: Record<Profile, readonly (readonly [string, string])[]> = {
  elu: [
    ['Adjointe à la politique de la ville', 'Adjoint à la politique de la ville'],
    ['Vice-présidente à la cohésion sociale', 'Vice-président à la cohésion sociale'],
    ['Conseillère municipale', 'Conseiller municipal'],
  ],
  'chef-projet-pv': [
    ['Cheffe de projet politique de la ville', 'Chef de projet politique de la ville'],
    ['Cheffe de projet renouvellement urbain', 'Chef de projet renouvellement urbain'],
  ],
  'agent-collectivite': [
    ['Coordinatrice de la réussite éducative', 'Coordinateur de la réussite éducative'],
    ['Coordinatrice du CLSPD', 'Coordinateur du CLSPD'],
    ['Chargée de mission cohésion sociale', 'Chargé de mission cohésion sociale'],
    ['Référente de parcours', 'Référent de parcours'],
    ['Directrice des solidarités', 'Directeur des solidarités'],
    ['Médiatrice', 'Médiateur'],
  ],
  'etat-delegue-prefet': [['Déléguée du préfet', 'Délégué du préfet']],
  'etat-service': [
    ['Chargée de mission politique de la ville', 'Chargé de mission politique de la ville'],
    ['Cheffe de service', 'Chef de service'],
  ],
  'education-nationale': [
    ['Principale', 'Principal'],
    ['Conseillère pédagogique', 'Conseiller pédagogique'],
    ['Conseillère principale d’éducation', 'Conseiller principal d’éducation'],
  ],
  'universitaire-etudiant': [
    ['Maîtresse de conférences', 'Maître de conférences'],
    ['Étudiante en travail social', 'Étudiant en travail social'],
  ],
  association: [
    ['Directrice', 'Directeur'],
    ['Coordinatrice', 'Coordinateur'],
    ['Animatrice', 'Animateur'],
    ['Présidente', 'Président'],
    ['Conseillère en insertion professionnelle', 'Conseiller en insertion professionnelle'],
  ],
  'conseil-citoyen-habitant': [['Membre du conseil citoyen', 'Membre du conseil citoyen']],
  'bailleur-hlm': [
    ['Responsable du développement social', 'Responsable du développement social'],
    ['Cheffe d’agence', 'Chef d’agence'],
  ],
  'agence-urbanisme': [['Chargée d’études', 'Chargé d’études']],
  'operateur-public': [['Responsable de territoire', 'Responsable de territoire']],
  'centre-de-ressources': [['Chargée de mission', 'Chargé de mission']],
  consultant: [['Consultante', 'Consultant']],
}
