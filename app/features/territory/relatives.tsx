import { Section } from '#app/ui/content.tsx'
import { Day } from '#app/ui/fr.tsx'
import { formatNumber } from '#app/ui/french.ts'
import { Link } from '#app/ui/link.tsx'
import { territoryHref, territoryKindOrder, territoryKindPlurals } from './labels.ts'
import type { Relative } from './record.server.ts'

/** A long list (the communes of a département) stays folded until one asks. */
const FOLD = 12

/** What holds a territory, or what it holds, by kind, each with the dates of the link and the vintage that says so. */
export const RelativesByKind = ({ title, relatives }: { title: string; relatives: readonly Relative[] }) =>
  relatives.length === 0 ? null : (
    <Section title={title}>
      {territoryKindOrder
        .map((kind) => ({ kind, list: relatives.filter((relative) => relative.kind === kind) }))
        .filter(({ list }) => list.length > 0)
        .map(({ kind, list }) =>
          list.length > FOLD ? (
            <details key={kind}>
              <summary>
                {territoryKindPlurals[kind]} <span className="count">{formatNumber(list.length)}</span>
              </summary>
              <RelativesTable label={territoryKindPlurals[kind]} list={list} />
            </details>
          ) : (
            <div key={kind} className="stack tight">
              <h3>{territoryKindPlurals[kind]}</h3>
              <RelativesTable label={territoryKindPlurals[kind]} list={list} />
            </div>
          ),
        )}
    </Section>
  )

const RelativesTable = ({ label, list }: { label: string; list: readonly Relative[] }) => (
  <table className="stacked">
    <caption className="sr">{label}</caption>
    <thead>
      <tr>
        <th scope="col">Nom</th>
        <th scope="col">Validité</th>
        <th scope="col">Source</th>
      </tr>
    </thead>
    <tbody>
      {list.map((relative) => (
        <RelativeRow key={`${relative.id} ${relative.from}`} relative={relative} />
      ))}
    </tbody>
  </table>
)

const RelativeRow = ({ relative }: { relative: Relative }) => {
  const { id, kind, name, detail, source, year } = relative
  return (
    <tr>
      <th scope="row" className="main">
        <Link href={territoryHref(id)}>{name}</Link>
        {kind === 'qpv' && detail && <span className="small soft"> {detail}</span>}
      </th>
      <td>
        <Validity {...relative} />
      </td>
      <td className="small soft">
        {source} {year}
      </td>
    </tr>
  )
}

/** A source that does not say since when is quoted for what it saw. */
const Validity = ({ from, to, fromUnknown }: Pick<Relative, 'from' | 'to' | 'fromUnknown'>) => {
  const end = to && <Day date={to} style="numeric" />
  if (fromUnknown) return end ? <>jusqu’au {end}</> : 'en vigueur'
  const start = <Day date={from} style="numeric" />
  return end ? (
    <>
      du {start} au {end}
    </>
  ) : (
    <>depuis le {start}</>
  )
}
