import { memo, useDeferredValue, useMemo, useState } from 'react'
import { Button } from '#app/ui/button.tsx'
import { StateTag } from '#app/ui/content.tsx'
import { formatTime, plural } from '#app/ui/french.ts'
import { attendanceStatusLabels } from '../labels.ts'
import type { ShownRow } from './device-state.ts'
import { found } from './search.ts'
import type { Door } from './use-door.ts'
import { nameOf } from './words.ts'

/** More than this is not read at a door: one types two letters. */
const MOST_SHOWN = 300

interface DoorListProps {
  door: Door
  typed: string
  /** Somebody came in: the box is ready for the next name. */
  onDone: () => void
}

/** The list, as one types. A row is touched once; what one did is taken back on the same row. */
export function DoorList({ door, typed, onDone }: DoorListProps) {
  const { rows, state } = door
  const asked = useDeferredValue(typed)
  const [expectedOnly, setExpectedOnly] = useState(false)
  const matching = useMemo(() => {
    const usual = asked.trim() === '' ? rows.filter(({ status }) => status !== 'cancelled') : rows
    return found(expectedOnly ? usual.filter(({ status }) => status !== 'present') : usual, asked)
  }, [rows, asked, expectedOnly])
  if (!state.list) return <p className="soft">{state.offlineSince ? NOT_READ : 'Lecture de la liste…'}</p>
  return (
    <section aria-label="Personnes attendues">
      <div className="check-in-filter">
        <p className="small soft" role="status">
          {plural(matching.length, 'personne')}
        </p>
        <label className="small">
          <input
            type="checkbox"
            checked={expectedOnly}
            onChange={(event) => setExpectedOnly(event.currentTarget.checked)}
          />{' '}
          Seulement qui n’est pas encore là
        </label>
      </div>
      {matching.length === 0 && <p>{rows.length === 0 ? 'Personne n’est encore inscrit.' : NOBODY}</p>}
      <ul className="check-in-list">
        {matching.slice(0, MOST_SHOWN).map((row) => (
          <Row
            key={row.id}
            row={row}
            onTouch={() => {
              door.touch(row.id)
              if (typed) onDone()
            }}
            onTakeBack={() =>
              void door.takeBack(row.isNew ? { key: row.id } : { id: row.id, key: row.pending ?? undefined })
            }
          />
        ))}
      </ul>
      {matching.length > MOST_SHOWN && <p className="small soft">Tapez un nom pour voir les autres.</p>}
    </section>
  )
}

const NOBODY = 'Personne de ce nom sur la liste. Venue sans inscription ? Ajoutez-la ci-dessous.'
const NOT_READ = 'La liste n’a pas pu être lue, et cet appareil ne l’avait pas gardée. Elle viendra avec le réseau.'

interface RowProps {
  row: ShownRow
  onTouch: () => void
  onTakeBack: () => void
}

const Row = memo(
  function Row({ row, onTouch, onTakeBack }: RowProps) {
    const name = nameOf(row)
    const inside = row.status === 'present'
    return (
      <li data-row={row.id} data-status={row.status} className={inside ? 'inside' : undefined}>
        {inside ? (
          <>
            <span className="check-in-name">
              <b>{name}</b>
              <span className="small soft">{row.organisation}</span>
            </span>
            <span className="check-in-state">
              <span aria-hidden="true">✓ </span>
              {row.at ? formatTime(new Date(row.at)) : row.pending ? 'en attente' : 'là'}
            </span>
            <Button small onClick={onTakeBack} aria-label={`Annuler l’entrée de ${name}`}>
              Annuler
            </Button>
          </>
        ) : (
          <button type="button" onClick={onTouch}>
            <span className="check-in-name">
              <b>{name}</b>
              <span className="small soft">{row.organisation}</span>
            </span>
            <Expected row={row} />
          </button>
        )}
      </li>
    )
  },
  (before, after) => before.row === after.row || same(before.row, after.row),
)

const same = (a: ShownRow, b: ShownRow) =>
  a.id === b.id &&
  a.status === b.status &&
  a.at === b.at &&
  a.pending === b.pending &&
  nameOf(a) === nameOf(b) &&
  a.organisation === b.organisation

const Expected = ({ row: { status, mode } }: { row: ShownRow }) => {
  if (status === 'waitlisted') return <StateTag tone="warn">Liste d’attente</StateTag>
  if (status === 'cancelled') return <StateTag tone="neutral">Inscription annulée</StateTag>
  if (status === 'registered')
    return <span className="check-in-go">{mode === 'remote' ? 'À distance' : 'Faire entrer'}</span>
  return <StateTag tone="neutral">{attendanceStatusLabels[status]}</StateTag>
}
