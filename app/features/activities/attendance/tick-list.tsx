import { useRef, useState } from 'react'
import { StateTag } from '#app/ui/content.tsx'
import { classes } from '#app/ui/classes.ts'
import { Link } from '#app/ui/link.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { minutesSaid } from '../connections/sentences.ts'
import type { SheetRow } from './sheet.server.ts'
import { shown } from './tick-queue.ts'
import { ModeButtons, TickButtons } from './tick-buttons.tsx'
import type { useTicks } from './use-ticks.ts'
import { useEarlyTicks } from './use-early-ticks.ts'
import { useTickKeys } from './use-tick-keys.ts'

interface TickListProps {
  activityId: string
  rows: readonly SheetRow[]
  hybrid: boolean
  /** Rows of which somebody else has just changed the state. */
  elsewhere: ReadonlySet<string>
  /** What is being typed in the search box. */
  typed: string
  readOnly: boolean
  ticks: ReturnType<typeof useTicks>
}

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

const matches = (row: SheetRow, typed: string) =>
  plain(`${row.givenName} ${row.familyName} ${row.givenName} ${row.email ?? ''} ${row.organisation ?? ''}`).includes(
    plain(typed.trim()),
  )

/** The list to tick: one form without script, one request per tick with it. */
export function TickList({ activityId, rows, hybrid, elsewhere, typed, readOnly, ticks }: TickListProps) {
  const list = useRef<HTMLTableSectionElement>(null)
  const [current, setCurrent] = useState<string | null>(null)
  const visible = typed.trim() === '' ? rows : rows.filter((row) => matches(row, typed))
  useTickKeys({
    list,
    active: !readOnly,
    onUndo: ticks.undo,
    onTick: (id, status) => {
      const row = rows.find((one) => one.id === id)
      if (row) ticks.tick(row, { status })
    },
  })
  useEarlyTicks(list, rows, (row, status) => ticks.tick(row, { status }))
  return (
    <form method="post" id="pointage" autoComplete="off">
      <input type="hidden" name="intent" value="pointages" />
      <table className="stacked attendance-list">
        <caption className="sr">Feuille de présence</caption>
        <thead>
          <tr>
            <th scope="col">Personne</th>
            <th scope="col" className="wide">
              Profil
            </th>
            <th scope="col" className="wide">
              Département
            </th>
            {hybrid && <th scope="col">Mode</th>}
            <th scope="col" className="n">
              Présence
            </th>
          </tr>
        </thead>
        <tbody ref={list}>
          {visible.map((row) => (
            <Row
              key={row.id}
              row={shown(ticks.queue, row)}
              phase={ticks.queue[row.id]?.phase}
              current={current === row.id}
              onFocus={() => setCurrent(row.id)}
              {...{ activityId, hybrid, readOnly }}
              changed={elsewhere.has(row.id)}
              ticks={ticks}
              base={row}
            />
          ))}
        </tbody>
      </table>
      {visible.length === 0 && rows.length > 0 && (
        <p className="soft">Personne de ce nom sur cette page de la liste.</p>
      )}
      {!readOnly && (
        <p className="plain-only">
          <SubmitButton>Enregistrer les pointages</SubmitButton>
        </p>
      )}
    </form>
  )
}

interface RowProps {
  activityId: string
  /** As the person who ticks sees it, and as the server last said it. */
  row: SheetRow
  base: SheetRow
  phase: 'waiting' | 'sending' | 'saved' | undefined
  current: boolean
  changed: boolean
  hybrid: boolean
  readOnly: boolean
  onFocus: () => void
  ticks: ReturnType<typeof useTicks>
}

function Row({ activityId, row, base, phase, current, changed, hybrid, readOnly, onFocus, ticks }: RowProps) {
  const name = `${row.givenName} ${row.familyName}`
  return (
    <tr
      data-row={row.id}
      className={classes(current && 'now', changed && 'elsewhere')}
      data-phase={phase}
      onFocus={onFocus}
    >
      <th scope="row" className="main">
        <input type="hidden" name="vu" value={`${base.id}/${base.status}/${base.mode}`} />
        <Link href={`/bureau/personnes/${row.personId}`}>
          {row.familyName} {row.givenName}
        </Link>{' '}
        <RowState row={row} phase={phase} />
        <span className="small soft who">{[row.function, row.organisation].filter(Boolean).join(' · ')}</span>
      </th>
      <td className="wide small">{row.profile ?? <span className="soft">Profil à préciser</span>}</td>
      <td className="wide small">{row.departement}</td>
      {hybrid && (
        <td>
          <ModeButtons
            id={row.id}
            name={name}
            mode={row.mode}
            disabled={readOnly}
            onChange={(mode) => ticks.tick(base, { mode })}
          />
        </td>
      )}
      <td className="n acts">
        <TickButtons
          id={row.id}
          name={name}
          status={row.status}
          disabled={readOnly}
          onTick={(status) => ticks.tick(base, { status })}
        />
        <Link
          className="small correct"
          href={`/bureau/activites/${activityId}/presence/${row.id}`}
          aria-label={`Corriger la ligne de ${name}`}
        >
          Corriger
        </Link>
      </td>
    </tr>
  )
}

const phaseWords = { waiting: 'attend le réseau', sending: 'enregistrement…', saved: 'enregistré' }

/** Beside the name: what is special about the row, and what becomes of its tick. */
const RowState = ({ row, phase }: Pick<RowProps, 'row' | 'phase'>) => (
  <>
    {row.status === 'waitlisted' && <StateTag tone="warn">Liste d’attente</StateTag>}
    {row.status === 'cancelled' && <StateTag tone="neutral">Inscription annulée</StateTag>}
    {row.source === 'walk-in' && <span className="tag small">Sans inscription</span>}
    {row.connectedMinutes !== null && (
      <span className="small soft">connexion de {minutesSaid(row.connectedMinutes)}</span>
    )}
    {phase && <span className={`small phase ${phase}`}>{phaseWords[phase]}</span>}
  </>
)
