import type { ListState } from '#app/platform/list-params.ts'
import { listQuery } from '#app/platform/list-params.ts'
import { Button } from '#app/ui/button.tsx'
import { useHydrated } from '#app/ui/client/use-hydrated.ts'
import { Kbd } from '#app/ui/content.tsx'
import { EmptyState } from '#app/ui/feedback.tsx'
import { formatNumber, nb, plural } from '#app/ui/french.ts'
import { Select } from '#app/ui/inputs.tsx'
import { GetForm, Link } from '#app/ui/link.tsx'
import { Pagination } from '#app/ui/navigation.tsx'
import { PairCard } from './pair-card.tsx'
import type { Pair, PairCounts } from './pairs.server.ts'
import { type Entity, likelihoods, rulesOf } from './rules.ts'
import { usePairKeys } from './use-pair-keys.ts'

interface Props {
  entity: Entity
  state: ListState
  pairs: readonly Pair[]
  total: number
  counts: PairCounts
  searched: boolean
}

export function PairList({ entity, state, pairs, total, counts, searched }: Props) {
  const apart = state.filters.etat?.length === 1
  usePairKeys(pairs.map(({ sides }) => sides[0].id + sides[1].id).join(' '))
  return (
    <div className="stack">
      <Filters entity={entity} state={state} counts={counts} />
      {pairs.length === 0 ? (
        <Nothing apart={apart} searched={searched} all={counts.all} />
      ) : (
        <>
          <p className="soft">{plural(total, 'paire')}</p>
          {!apart && <Keys />}
          <ul className="pairs">
            {pairs.map((pair) => (
              <PairCard key={pair.sides[0].id + pair.sides[1].id} entity={entity} pair={pair} apart={apart} />
            ))}
          </ul>
          <Pagination
            page={state.page}
            pageSize={state.pageSize}
            total={total}
            noun="paires"
            hrefOf={(page) => listQuery(state, { page })}
          />
        </>
      )}
    </div>
  )
}

/** Written once they work. */
const Keys = () =>
  useHydrated() && (
    <p className="small soft desk-only">
      Au clavier&nbsp;: <Kbd>j</Kbd> paire suivante, <Kbd>k</Kbd> précédente, <Kbd>g</Kbd> garder celle de gauche,{' '}
      <Kbd>d</Kbd> celle de droite, <Kbd>f</Kbd> fusionner, <Kbd>n</Kbd> ce ne sont pas les mêmes.
    </p>
  )

function Filters({ entity, state, counts }: Pick<Props, 'entity' | 'state' | 'counts'>) {
  const kept = (name: string) => state.filters[name]?.[0] ?? ''
  const said = (label: string, n = 0) => `${label} (${formatNumber(n)})`
  const filtered = Object.values(state.filters).some((values) => values.length > 0)
  return (
    <GetForm className="row" role="search" stay>
      <Select
        name="certitude"
        label="Certitude"
        placeholder={said('Toutes', counts.all)}
        options={likelihoods.map(({ code, label }) => ({ value: code, label: said(label, counts.likelihood[code]) }))}
        defaultValue={kept('certitude')}
      />
      <Select
        name="raison"
        label="Raison"
        placeholder="Toutes les raisons"
        options={rulesOf[entity]
          .filter(({ code, weight }) => weight > 0 && (counts.reason[code] || code === kept('raison')))
          .map(({ code, label }) => ({
            value: code,
            label: said(label.charAt(0).toUpperCase() + label.slice(1), counts.reason[code]),
          }))}
        defaultValue={kept('raison')}
      />
      <Select
        name="etat"
        label="Montrer"
        placeholder="Les paires à regarder"
        options={[{ value: 'ecartees', label: 'Celles dites différentes' }]}
        defaultValue={kept('etat')}
      />
      <Button type="submit" look="quiet">
        Filtrer
      </Button>
      {filtered && <Link href="?">Tout voir</Link>}
    </GetForm>
  )
}

const Nothing = ({ apart, searched, all }: { apart: boolean; searched: boolean; all: number }) =>
  apart ? (
    <EmptyState title="Aucune paire n’a été dite différente." />
  ) : all > 0 ? (
    <EmptyState title="Aucune paire ne correspond à ces filtres." />
  ) : (
    <EmptyState title={searched ? 'Plus aucun doublon à regarder' : 'Aucune recherche n’a encore été faite'}>
      <p>
        {nb(
          searched
            ? 'Les nouvelles fiches sont comparées chaque nuit.'
            : 'Lancez-en une : elle compare toutes les fiches entre elles.',
        )}
      </p>
    </EmptyState>
  )
