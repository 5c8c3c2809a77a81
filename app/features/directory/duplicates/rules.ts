/** How alike two records must be for somebody to be asked, out of 100. */
export const LISTED_FROM = 45

/** What speaks for two records being one (or, below zero, against it): the weights are added, between 0 and 100. */
export interface Rule {
  code: string
  weight: number
  label: string
}

/** Of the first nine, the way the names are alike, only one holds: the weightiest. */
export const personRules = [
  { code: 'same-name', weight: 50, label: 'même nom' },
  { code: 'particle', weight: 46, label: 'même nom, à une particule près' },
  { code: 'order', weight: 46, label: 'mêmes mots dans un autre ordre' },
  { code: 'long-slip', weight: 46, label: 'nom long, à une lettre près' },
  { code: 'compound', weight: 38, label: 'nom ou prénom composé' },
  { code: 'slip', weight: 36, label: 'nom à une lettre près' },
  { code: 'initial', weight: 30, label: 'initiale du prénom' },
  { code: 'no-given', weight: 20, label: 'même nom, prénom manquant' },
  { code: 'same-given', weight: 15, label: 'même prénom, autre nom' },
  { code: 'email', weight: 45, label: 'même adresse électronique' },
  { code: 'phone', weight: 30, label: 'même téléphone' },
  { code: 'organisation', weight: 15, label: 'même organisation' },
  { code: 'other-departement', weight: -15, label: 'départements différents' },
] as const satisfies readonly Rule[]

/** Of the first three, one holds. */
export const organisationRules = [
  { code: 'same-name', weight: 60, label: 'même nom' },
  { code: 'acronym', weight: 40, label: 'même sigle' },
  { code: 'near-name', weight: 45, label: 'nom très proche' },
  { code: 'siren', weight: 45, label: 'même SIREN' },
  { code: 'email', weight: 25, label: 'même adresse électronique' },
  { code: 'phone', weight: 25, label: 'même téléphone' },
  { code: 'site', weight: 20, label: 'même site internet' },
  { code: 'territory', weight: 15, label: 'même territoire' },
  { code: 'other-kind', weight: -20, label: 'types différents' },
  { code: 'other-territory', weight: -30, label: 'territoires différents' },
  { code: 'other-siren', weight: -40, label: 'SIREN différents' },
] as const satisfies readonly Rule[]

export type PersonReason = (typeof personRules)[number]['code']
export type OrganisationReason = (typeof organisationRules)[number]['code']
export type Entity = 'person' | 'organisation'

export const rulesOf: Record<Entity, readonly Rule[]> = { person: personRules, organisation: organisationRules }

export const reasonLabel = (entity: Entity, code: string) =>
  rulesOf[entity].find((rule) => rule.code === code)?.label ?? 'autre raison'

/** Nobody needs to look at those: the same name, and what two records do not share by chance. */
export const CERTAIN: Record<Entity, readonly (readonly string[])[]> = {
  person: [['same-name', 'email']],
  organisation: [
    ['same-name', 'siren'],
    ['same-name', 'email'],
  ],
}

/** In words, from the surest; each begins at its score. */
export const likelihoods = [
  { code: 'sure', from: 85, label: 'Très probable', tone: 'good' },
  { code: 'probable', from: 65, label: 'Probable', tone: 'info' },
  { code: 'possible', from: LISTED_FROM, label: 'Possible', tone: 'neutral' },
] as const

export const likelihoodOf = (score: number) => likelihoods.find(({ from }) => score >= from) ?? likelihoods[2]

export interface Scored<Code extends string = string> {
  score: number
  /** The weightiest first; those that speak against it last. */
  reasons: Code[]
}

/** The sum of the rules that hold. */
export function scored<Code extends string>(
  rules: readonly { code: Code; weight: number }[],
  holding: ReadonlySet<Code>,
): Scored<Code> {
  const held = rules.filter(({ code }) => holding.has(code)).sort((one, other) => other.weight - one.weight)
  const sum = held.reduce((total, { weight }) => total + weight, 0)
  return { score: Math.max(0, Math.min(100, sum)), reasons: held.map(({ code }) => code) }
}
