import { useState } from 'react'
import type { ListState } from '#app/platform/list-params.ts'
import { listQuery } from '#app/platform/list-params.ts'
import { useShortcuts } from '#app/ui/client/shortcuts.ts'
import { Section } from '#app/ui/content.tsx'
import { EmptyState, Notice } from '#app/ui/feedback.tsx'
import type { Option, OptionGroup } from '#app/ui/inputs.tsx'
import { Pagination } from '#app/ui/navigation.tsx'
import { AttendanceSearch } from './attendance-search.tsx'
import { AttendanceSummary, SaidNotice, TickTrouble } from './attendance-summary.tsx'
import type { Said } from './page-action.server.ts'
import type { Sheet, SheetRow } from './sheet.server.ts'
import { countsWith } from './tick-queue.ts'
import { TickList } from './tick-list.tsx'
import { UnidentifiedForm } from './unidentified-form.tsx'
import { useHydrated } from '#app/ui/client/use-hydrated.ts'
import { useOthersTicks } from './use-live-list.ts'
import { useTicks } from './use-ticks.ts'
import { WalkInForm } from './walk-in-form.tsx'

export interface AttendancePageProps {
  sheet: Sheet
  rows: SheetRow[]
  state: ListState
  /** When the list was read, on the clock of the server. */
  asOf: number
  upcoming: boolean
  profiles: readonly (Option | OptionGroup)[]
  may: { write: boolean; export: boolean }
  said?: Said
}

/** Answered beside their form, below the list, where one is looking. */
const OWN_PLACE = ['ajouter', 'retirer', 'non-identifiees']

/** The list to tick, what it counts, who came without registering. */
export function AttendancePage({ sheet, rows, state, asOf, upcoming, profiles, may, said }: AttendancePageProps) {
  useShortcuts()
  const hydrated = useHydrated()
  const [typed, setTyped] = useState('')
  const ticks = useTicks(`/bureau/activites/${sheet.id}/presence.json`, asOf)
  const elsewhere = useOthersTicks(rows, ticks.queue, said)
  const readOnly = !may.write || sheet.status === 'cancelled'
  const hybrid = sheet.mode === 'hybride'
  const counts = countsWith(sheet.counts, rows, ticks.queue)
  const about = (intent: string) => (said?.intent === intent ? said : undefined)
  return (
    <div className="stack attendance">
      {sheet.status === 'cancelled' && (
        <Notice tone="warn">Cette activité est annulée : sa feuille de présence ne se pointe plus.</Notice>
      )}
      {upcoming && sheet.status !== 'cancelled' && (
        <Notice tone="warn">
          Cette activité n’a pas encore eu lieu. On peut déjà pointer, une personne excusée par exemple ; une présence
          pointée compte dès maintenant dans les chiffres.
        </Notice>
      )}
      <SaidNotice said={OWN_PLACE.includes(said?.intent ?? '') ? undefined : said} />
      <AttendanceSummary counts={counts} hybrid={hybrid} readOnly={readOnly} />
      <AttendanceSearch sheet={sheet} state={state} onType={setTyped} mayExport={may.export} readOnly={readOnly} />
      <TickTrouble ticks={ticks} />
      {rows.length === 0 ? (
        <NobodyThere filtered={state.q !== '' || (state.filters.etat ?? []).length > 0} />
      ) : (
        <TickList activityId={sheet.id} {...{ rows, hybrid, elsewhere, typed, readOnly, ticks }} />
      )}
      <Pagination
        page={state.page}
        pageSize={state.pageSize}
        total={sheet.total}
        noun="personnes"
        hrefOf={(page) => listQuery(state, { page })}
      />
      {!readOnly && (
        <Section title="Venue sans inscription" id="sans-inscription">
          <SaidNotice said={about('ajouter') ?? about('retirer')} />
          <WalkInForm said={about('ajouter')} {...{ profiles, hybrid, hydrated }} />
        </Section>
      )}
      <Section title="Personnes non identifiées" id="non-identifiees">
        <SaidNotice said={about('non-identifiees')} />
        <UnidentifiedForm sheet={sheet} said={about('non-identifiees')} readOnly={readOnly} />
      </Section>
    </div>
  )
}

const NobodyThere = ({ filtered }: { filtered: boolean }) =>
  filtered ? (
    <EmptyState title="Personne ne correspond à ces filtres.">
      Élargissez la recherche, ou revenez à toute la liste.
    </EmptyState>
  ) : (
    <EmptyState title="Personne n’est encore inscrit.">
      Les inscriptions viendront ici. Qui vient sans s’être inscrit s’ajoute ci-dessous, en une ligne.
    </EmptyState>
  )
