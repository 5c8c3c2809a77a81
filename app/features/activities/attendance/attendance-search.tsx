import { Kbd } from '#app/ui/content.tsx'
import { Button } from '#app/ui/button.tsx'
import { SearchField, Select } from '#app/ui/inputs.tsx'
import { GetForm, Link } from '#app/ui/link.tsx'
import { type ListState, listQuery } from '#app/platform/list-params.ts'
import type { Sheet } from './sheet.server.ts'
import { type SheetState, sheetStateLabels } from './ticks.ts'

interface AttendanceSearchProps {
  sheet: Sheet
  state: ListState
  onType: (text: string) => void
  mayExport: boolean
  readOnly: boolean
}

/** Finds a name as one types, filters by state, takes the list away; the shortcuts are written beside what they do. */
export function AttendanceSearch({ sheet, state, onType, mayExport, readOnly }: AttendanceSearchProps) {
  const base = `/bureau/activites/${sheet.id}/presence`
  const query = listQuery(state)
  const suffix = query === '?' ? '' : query
  const filtered = state.q !== '' || (state.filters.etat ?? []).length > 0
  const options = (Object.keys(sheetStateLabels) as SheetState[]).map((value) => ({
    value,
    label: sheetStateLabels[value],
  }))
  return (
    <div className="stack screen-only">
      <GetForm className="attendance-search" role="search" stay onInput={(event) => onType(textOf(event.target))}>
        <SearchField
          name="q"
          label="Chercher un nom ou une organisation"
          placeholder="Chercher un nom"
          defaultValue={state.q}
        />
        <Select
          name="etat"
          label="Présence"
          hideLabel
          placeholder="Toute la liste"
          options={options}
          defaultValue={state.filters.etat?.[0] ?? ''}
          width="medium"
        />
        <Button type="submit">Filtrer</Button>
        {filtered && <Link href={base}>Tout voir</Link>}
        <span className="small end">
          {!readOnly && (
            <>
              <Link href={`${base}/accueil`}>Accueil à l’entrée</Link>
              {' · '}
            </>
          )}
          {!readOnly && sheet.mode !== 'presentiel' && (
            <>
              <Link href={`${base}/connexions`}>Listes de connexion</Link>
              {' · '}
            </>
          )}
          <Link href={`${base}/feuille`}>Feuille et badges à imprimer</Link>
          {mayExport && (
            <>
              {' · Exporter '}
              <a href={`${base}.xlsx${suffix}`} download>
                Excel
              </a>
              {' · '}
              <a href={`${base}.csv${suffix}`} download>
                CSV
              </a>
            </>
          )}
        </span>
      </GetForm>
      {!readOnly && <Shortcuts />}
    </div>
  )
}

const textOf = (target: EventTarget) => (target instanceof HTMLInputElement && target.name === 'q' ? target.value : '')

const Shortcuts = () => (
  <p className="small soft tick-keys">
    <Kbd>↑</Kbd> <Kbd>↓</Kbd> changer de ligne · <Kbd>P</Kbd> présent·e · <Kbd>E</Kbd> excusé·e · <Kbd>A</Kbd> absent·e
    · <Kbd>⌫</Kbd> à pointer · <Kbd>Z</Kbd> annuler · <Kbd>/</Kbd> chercher · <Kbd>N</Kbd> venue sans inscription
  </p>
)
