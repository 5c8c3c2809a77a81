import type { erasureRules, requestKinds, requestStates } from './schema.server.ts'

/** French words of this feature, shared with the browser: types only come from the schema. */
export type RequestKind = (typeof requestKinds)[number]
export type RequestState = (typeof requestStates)[number]
export type ErasureRule = (typeof erasureRules)[number]

export const requestKindLabels: Record<RequestKind, string> = {
  access: 'Accès aux données',
  correction: 'Correction',
  erasure: 'Effacement',
  objection: 'Opposition',
}

export const requestStateLabels: Record<RequestState, string> = {
  open: 'À traiter',
  done: 'Satisfaite',
  refused: 'Refusée',
}

export const requestStateTones = { open: 'warn', done: 'good', refused: 'neutral' } as const

export const erasureRuleLabels: Record<ErasureRule, string> = {
  retention: 'Durée de conservation échue',
  request: 'Demande de la personne',
  office: 'Décision de l’équipe',
  restored: 'Effacement refait après une restauration',
}
