import { Link } from '#app/ui/link.tsx'
import type { Column } from '#app/ui/table.ts'
import { territoryHref, territoryKindLabels } from './labels.ts'
import type { TerritoryLine } from './list.server.ts'

/** The list of territories on screen, on paper and in a spreadsheet. */
export const territoryColumns: Column<TerritoryLine>[] = [
  {
    key: 'nom',
    label: 'Territoire',
    value: (t) => t.name,
    render: (t) => <Link href={territoryHref(t.id)}>{t.name}</Link>,
    sortable: true,
    weight: 'main',
  },
  { key: 'nature', label: 'Nature', value: (t) => territoryKindLabels[t.kind] },
  { key: 'code', label: 'Code', value: (t) => t.code, sortable: true, weight: 'wide' },
  { key: 'departement', label: 'Département', value: (t) => t.departement, weight: 'wide' },
  { key: 'quartiers', label: 'QPV', value: (t) => t.qpv || null, kind: 'number', sortable: true },
  { key: 'population', label: 'Habitants', value: (t) => t.population, kind: 'number', sortable: true },
  { key: 'fin', label: 'Jusqu’au', value: (t) => t.endedOn, kind: 'day', weight: 'wide' },
]
