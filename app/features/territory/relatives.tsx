import { Section } from '#app/ui/content.tsx'
import { Day } from '#app/ui/fr.tsx'
import { formatNumber } from '#app/ui/french.ts'
import { Link } from '#app/ui/link.tsx'
import { territoryHref, territoryKindPlurals } from './labels.ts'
import type { Relative } from './record.server.ts'
import type { TerritoryKind } from './schema.server.ts'

const order: TerritoryKind[] = ['contrat-de-ville', 'qpv', 'epci', 'commune', 'departement', 'region']

/** A long list (the communes of a département) stays folded until one asks. */
const FOLD = 12

/** What holds a territory, or what it holds, by kind, each with the dates of the link. */
export const RelativesByKind = ({ title, relatives }: { title: string; relatives: readonly Relative[] }) =>
  relatives.length === 0 ? null : (
    <Section title={title}>
      {order
        .map((kind) => ({ kind, list: relatives.filter((relative) => relative.kind === kind) }))
        .filter(({ list }) => list.length > 0)
        .map(({ kind, list }) =>
          list.length > FOLD ? (
            <details key={kind}>
              <summary>
                {territoryKindPlurals[kind]} <span className="count">{formatNumber(list.length)}</span>
              </summary>
              <List list={list} />
            </details>
          ) : (
            <div key={kind}>
              <h3>{territoryKindPlurals[kind]}</h3>
              <List list={list} />
            </div>
          ),
        )}
    </Section>
  )

const List = ({ list }: { list: readonly Relative[] }) => (
  <ul className="lines">
    {list.map(({ id, name, from, to, fromUnknown }) => (
      <li key={`${id} ${from}`}>
        <Link href={territoryHref(id)}>{name}</Link>
        {(to || !fromUnknown) && (
          <span className="small soft">
            {' '}
            {!fromUnknown && (
              <>
                depuis le <Day date={from} style="numeric" />
              </>
            )}
            {to && (
              <>
                {' '}
                jusqu’au <Day date={to} style="numeric" />
              </>
            )}
          </span>
        )}
      </li>
    ))}
  </ul>
)
