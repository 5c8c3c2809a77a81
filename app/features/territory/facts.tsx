import { DescriptionList } from '#app/ui/content.tsx'
import { type KeyFigure, KeyFigures } from '#app/ui/figure.tsx'
import { Day } from '#app/ui/fr.tsx'
import { formatNumber, formatPercent } from '#app/ui/french.ts'
import { Link } from '#app/ui/link.tsx'
import { precisionOf, territoryHref } from './labels.ts'
import type { Succession, TerritoryRecord } from './record.server.ts'
import type { TerritoryKind } from './schema.server.ts'

const precisionLabels: Partial<Record<TerritoryKind, string>> = {
  epci: 'Forme',
  commune: 'Codes postaux',
  qpv: 'Commune',
}

/** What its population counts: every source has its own year. */
const populationNotes: Record<TerritoryKind, string> = {
  region: 'somme des communes, population municipale légale',
  departement: 'somme des communes, population municipale légale',
  epci: 'somme des communes, population municipale légale',
  commune: 'population municipale légale',
  qpv: 'population municipale 2015',
  'contrat-de-ville': 'habitants de ses quartiers, selon la liste des contrats',
}

/** How much of the politique de la ville lies there; every count opens on its list. */
export function Coverage({ record: { territory, coverage } }: { record: TerritoryRecord }) {
  if (territory.kind === 'qpv') return null
  const listOf = (kind: TerritoryKind) => `/bureau/territoires?dans=${encodeURIComponent(territory.id)}&nature=${kind}`
  const { epci, communes, contracts, qpv, residents } = coverage
  const share = residents !== null && territory.population ? formatPercent(residents / territory.population, 1) : null
  const counts: (KeyFigure & { value: number })[] = [
    { label: 'EPCI', value: epci, href: listOf('epci') },
    { label: 'communes', value: communes, href: listOf('commune') },
    { label: 'contrats de ville', value: contracts, href: listOf('contrat-de-ville') },
    { label: 'quartiers prioritaires', value: qpv, href: listOf('qpv') },
    {
      label: 'habitants des quartiers prioritaires',
      value: residents ?? 0,
      href: listOf('qpv'),
      detail: share && territory.kind !== 'contrat-de-ville' ? `${share} de la population` : populationNotes.qpv,
    },
  ]
  return <KeyFigures label="Couverture" items={counts.filter(({ value }) => value > 0)} />
}

export function Facts({ record: { territory: t, successions, formerNames } }: { record: TerritoryRecord }) {
  return (
    <DescriptionList
      items={[
        {
          label: 'Habitants',
          value: t.population !== null && (
            <>
              {formatNumber(t.population)} <span className="small soft">{populationNotes[t.kind]}</span>
            </>
          ),
        },
        { label: precisionLabels[t.kind] ?? 'Précision', value: precisionOf(t) },
        { label: 'Depuis le', value: t.validFrom && <Day date={t.validFrom} style="long" /> },
        { label: 'Jusqu’au', value: t.validTo && <Day date={t.validTo} style="long" /> },
        { label: 'A pris la suite de', value: linked(successions, 'former') },
        { label: 'Remplacé par', value: linked(successions, 'next') },
        { label: 'Autres noms', value: formerNames.map(({ name, year }) => `${name} (${year})`).join(', ') },
      ]}
    />
  )
}

function linked(successions: readonly Succession[], way: Succession['way']) {
  const list = successions.filter((one) => one.way === way)
  if (list.length === 0) return null
  return (
    <ul className="stack tight">
      {list.map(({ id, name, day }) => (
        <li key={id}>
          <Link href={territoryHref(id)}>{name}</Link>{' '}
          <span className="small soft">
            le <Day date={day} style="long" />
          </span>
        </li>
      ))}
    </ul>
  )
}
