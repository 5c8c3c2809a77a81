import type { CityPolicy, Contract, Qpv } from './city-policy.server.ts'
import type { IncomingBatch, IncomingLink, IncomingTerritory, IncomingVintage } from './incoming.ts'

export const CITY_POLICY_ATTRIBUTION = 'ANCT, Insee, DGCL – Licence Ouverte 2.0'

/** The list of 2015 and its contracts: both ended when the list of 2024 took over. */
const FIRST_DAY = '2015-01-01'
const LAST_DAY = '2023-12-31'

export interface CityPolicyRows {
  vintage: Omit<IncomingVintage, 'id' | 'partial'> & { id: string }
  rows: IncomingBatch
}

/** The contrats de ville, with the EPCI of 2015 that no later vintage knows. */
export function contractRows(policy: CityPolicy, known: ReadonlySet<string>): CityPolicyRows {
  const former = policy.contracts.filter(({ siren_epci_2015 }) => !known.has(epciId(siren_epci_2015)))
  const territories = [...former.map((contract) => formerEpci(policy, contract)), ...policy.contracts.map(contractOf)]
  const links = [
    ...former.map((contract) => formerEpciLink(policy, contract)),
    ...policy.contracts.flatMap((contract) => [
      span(cvId(contract.code_cv), departementId(contract)),
      ...epciSpans(policy, cvId(contract.code_cv), contract.siren_epci_2015),
    ]),
  ]
  return { vintage: vintage('cv-2015', 'Contrats de ville'), rows: { territories, links } }
}

/** The quartiers prioritaires; `communesOf` gives the ids of the communes each lies on. */
export function qpvRows(policy: CityPolicy, communesOf: (qpv: Qpv) => readonly string[]): CityPolicyRows {
  const territories = policy.qpvs.map(qpvOf)
  const links = policy.qpvs.flatMap((qpv) => {
    const id = `qpv-${qpv.code_qp}`
    const contract = contractOfQpv(policy, qpv)
    return [
      ...communesOf(qpv).map((commune) => span(id, commune)),
      span(id, departementId(qpv)),
      ...epciSpans(policy, id, contract?.siren_epci_2015 ?? qpv.siren_epci_2022),
      ...(contract ? [span(id, cvId(contract.code_cv))] : []),
    ]
  })
  return { vintage: vintage('qpv-2015', 'Quartiers prioritaires'), rows: { territories, links } }
}

/** The contract whose EPCI became the QPV's; where several did, only the table of corrections may say. */
export function contractOfQpv({ contracts, successions, corrections }: CityPolicy, qpv: Qpv): Contract | undefined {
  const corrected = corrections.get(qpv.code_qp)
  if (corrected) return contracts.find(({ code_cv }) => code_cv === corrected)
  const candidates = contracts.filter(
    ({ siren_epci_2015 }) =>
      (next(successions, siren_epci_2015)?.siren_nouveau ?? siren_epci_2015) === qpv.siren_epci_2022,
  )
  return candidates.length === 1 ? candidates[0] : undefined
}

export const epciId = (siren: string) => `epci-${siren}`
const cvId = (code: string) => `cv-${code}`
const departementId = ({ code_departement }: { code_departement: string }) => `dep-${code_departement}`

const next = (successions: CityPolicy['successions'], siren: string) =>
  successions.find(({ siren_ancien }) => siren_ancien === siren)

const vintage = (id: string, source: string) => ({ id, source, attribution: CITY_POLICY_ATTRIBUTION, year: 2015 })

const span = (childId: string, parentId: string, validFrom = FIRST_DAY, validTo = LAST_DAY): IncomingLink => ({
  childId,
  parentId,
  validFrom,
  validTo,
})

/** In the EPCI of 2015, then, where it was dissolved, in the one that took over. */
function epciSpans({ successions }: CityPolicy, childId: string, siren2015: string): IncomingLink[] {
  const succession = next(successions, siren2015)
  if (!succession) return [span(childId, epciId(siren2015))]
  return [
    span(childId, epciId(siren2015), FIRST_DAY, dayBefore(succession.jour)),
    span(childId, epciId(succession.siren_nouveau), succession.jour),
  ]
}

const contractOf = (contract: Contract): IncomingTerritory => ({
  id: cvId(contract.code_cv),
  kind: 'contrat-de-ville',
  code: contract.code_cv,
  name: contract.libelle,
  departementCode: contract.code_departement,
  population: contract.pop_qpv,
  validFrom: FIRST_DAY,
  validTo: LAST_DAY,
})

const qpvOf = (qpv: Qpv): IncomingTerritory => ({
  id: `qpv-${qpv.code_qp}`,
  kind: 'qpv',
  code: qpv.code_qp,
  name: qpv.nom_qp,
  detail: qpv.commune.join(', '),
  departementCode: qpv.code_departement,
  population: qpv.pop_mun_2015,
  validFrom: FIRST_DAY,
  validTo: LAST_DAY,
})

const lastDayOf = ({ successions }: CityPolicy, siren: string) => {
  const succession = next(successions, siren)
  return succession ? dayBefore(succession.jour) : LAST_DAY
}

const formerEpci = (policy: CityPolicy, contract: Contract): IncomingTerritory => ({
  id: epciId(contract.siren_epci_2015),
  kind: 'epci',
  code: contract.siren_epci_2015,
  name: contract.libelle,
  detail: /^(CC|CA|CU)\b/.exec(contract.libelle)?.[1] ?? null,
  departementCode: contract.code_departement,
  validTo: lastDayOf(policy, contract.siren_epci_2015),
})

const formerEpciLink = (policy: CityPolicy, contract: Contract): IncomingLink =>
  span(
    epciId(contract.siren_epci_2015),
    departementId(contract),
    FIRST_DAY,
    lastDayOf(policy, contract.siren_epci_2015),
  )

function dayBefore(day: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() - 1)
  return date.toISOString().slice(0, 10)
}
