import type { ReactNode } from 'react'
import { type ListState, listQuery } from '#app/platform/list-params.ts'
import { Button } from './button.tsx'
import { plural } from './french.ts'
import { GetForm, Link } from './link.tsx'
import { Pagination } from './navigation.tsx'
import { alignOf, type CellValue, cellText, type Column } from './table.ts'

export interface DataTableProps<Row> {
  /** Said to screen readers: what the table holds. */
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  /** From `parseListParams`; without it the table neither sorts nor pages. */
  state?: ListState
  total?: number
  /** « 403 personnes » */
  noun?: { one: string; many?: string }
  /** Fields of the filter form (Select, SearchField…); sent by GET with the present sort. */
  filters?: ReactNode
  /** Address of the export without its end: « /bureau/annuaire/export » gives .xlsx and .csv with the same parameters. */
  exportHref?: string
  /** Shown when there is no row at all, and when the filters leave none. */
  empty: ReactNode
  noMatch?: ReactNode
  rowClass?: (row: Row) => string | undefined
}

/** A list: filters, sorts, pages, exports and prints from one declaration of columns, with or without script. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { state, rows, total = rows.length, filters, noMatch, empty } = props
  const filtered =
    state !== undefined && (state.q !== '' || Object.values(state.filters).some((values) => values.length > 0))
  return (
    <div className="data">
      {filters && (
        <Filters state={state} filtered={filtered}>
          {filters}
        </Filters>
      )}
      {rows.length === 0 ? (
        filtered ? (
          (noMatch ?? <NoMatch />)
        ) : (
          empty
        )
      ) : (
        <>
          <TableHead {...props} total={total} />
          <Table {...props} />
          {state && (
            <Pagination
              page={state.page}
              pageSize={state.pageSize}
              total={total}
              noun={props.noun && (props.noun.many ?? `${props.noun.one}s`)}
              hrefOf={(page) => listQuery(state, { page })}
            />
          )}
        </>
      )}
    </div>
  )
}

const NoMatch = () => (
  <div className="empty">
    <p className="empty-title">Rien ne correspond à ces filtres.</p>
    <p className="soft">
      Élargissez la recherche, ou <Link href="?">revenez à toute la liste</Link>.
    </p>
  </div>
)

const Filters = ({ state, filtered, children }: { state?: ListState; filtered: boolean; children: ReactNode }) => (
  <GetForm className="filters" role="search" stay>
    {children}
    <label className="filters-more small">
      <input
        type="checkbox"
        defaultChecked={state !== undefined && Object.values(state.filters).some((kept) => kept.length > 0)}
      />
      Plus de filtres
    </label>
    {state && <input type="hidden" name="tri" value={state.sort.key} />}
    {state && <input type="hidden" name="ordre" value={state.sort.direction} />}
    <div className="row filters-end">
      <Button type="submit" look="quiet">
        Filtrer
      </Button>
      {filtered && <Link href="?">Tout voir</Link>}
    </div>
  </GetForm>
)

function TableHead<Row>({ total = 0, noun, exportHref, state }: DataTableProps<Row>) {
  const query = state ? listQuery(state) : ''
  const suffix = query === '?' ? '' : query
  if (!noun && !exportHref) return null
  return (
    <div className="data-head">
      {noun && <p className="soft">{plural(total, noun.one, noun.many)}</p>}
      {exportHref && (
        <p className="small export">
          Exporter{' '}
          <a href={`${exportHref}.xlsx${suffix}`} download>
            Excel
          </a>{' '}
          ·{' '}
          <a href={`${exportHref}.csv${suffix}`} download>
            CSV
          </a>
        </p>
      )}
    </div>
  )
}

function Table<Row>({ caption, columns, rows, rowKey, state, rowClass }: DataTableProps<Row>) {
  const shown = columns.filter((column) => column.shown !== false)
  const foot = shown.some(({ total }) => total !== undefined)
  return (
    <div className="table-box" role="region" aria-label={caption} tabIndex={0}>
      <table>
        <caption className="sr">{caption}</caption>
        <thead>
          <tr>
            {shown.map((column) => (
              <HeadCell key={column.key} column={column} state={state} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className={rowClass?.(row)}>
              {shown.map((column) => (
                <BodyCell key={column.key} column={column} row={row} />
              ))}
            </tr>
          ))}
        </tbody>
        {foot && (
          <tfoot>
            <tr>
              {shown.map((column) => (
                <td key={column.key} className={cellClass(column)}>
                  {isValue(column.total) ? cellText(column.total, column.kind) : column.total}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  )
}

const isValue = (total: unknown): total is CellValue =>
  total === null || ['string', 'number', 'boolean', 'undefined'].includes(typeof total) || total instanceof Date

const cellClass = <Row,>(column: Column<Row>) =>
  [alignOf(column) === 'end' && 'n', column.weight].filter(Boolean).join(' ') || undefined

function HeadCell<Row>({ column, state }: { column: Column<Row>; state?: ListState }) {
  if (!column.sortable || !state) {
    return (
      <th scope="col" className={cellClass(column)}>
        {column.label}
      </th>
    )
  }
  const sorted = state.sort.key === column.key ? state.sort.direction : null
  const next = sorted === 'asc' ? 'desc' : 'asc'
  return (
    <th
      scope="col"
      className={cellClass(column)}
      aria-sort={sorted === null ? undefined : sorted === 'asc' ? 'ascending' : 'descending'}
    >
      <Link className="sort" href={listQuery(state, { sort: { key: column.key, direction: next } })} stay>
        {column.label}
        <span className="arrow" aria-hidden="true">
          {sorted === 'asc' ? '↑' : sorted === 'desc' ? '↓' : '↕'}
        </span>
      </Link>
    </th>
  )
}

function BodyCell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  const content = column.render ? column.render(row) : cellText(column.value(row), column.kind)
  return column.weight === 'main' ? (
    <th scope="row" className={cellClass(column)}>
      {content}
    </th>
  ) : (
    <td className={cellClass(column)} data-label={column.label}>
      {content}
    </td>
  )
}
