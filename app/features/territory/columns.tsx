import { Link } from '#app/ui/link.tsx'
import type { Column } from '#app/ui/table.ts'
import { precisionOf, territoryHref, territoryKindShort } from './labels.ts'
import type { TerritoryLine } from './list.server.ts'

/** The list of territories on screen, on paper and in a spreadsheet. */
export const territoryColumns: Column<TerritoryLine>[] = [
  {
    key: 'nom',
    label: 'Territoire',
    value: (t) => t.name,
    render: (t) => <Name territory={t} />,
    sortable: true,
    weight: 'main',
  },
  { key: 'precision', label: 'Précision', value: (t) => precisionOf(t), shown: false },
  { key: 'nature', label: 'Nature', value: (t) => territoryKindShort[t.kind], sortable: true },
  { key: 'code', label: 'Code', value: (t) => t.code, sortable: true, weight: 'wide' },
  { key: 'departement', label: 'Département', value: (t) => t.departement, weight: 'wide' },
  {
    key: 'contrats',
    label: 'Contrats',
    value: (t) => t.contracts || null,
    kind: 'number',
    sortable: true,
    weight: 'wide',
  },
  { key: 'quartiers', label: 'QPV', value: (t) => t.qpv || null, kind: 'number', sortable: true },
  {
    key: 'habitants-qpv',
    label: 'Habitants des QPV',
    value: (t) => t.qpvResidents,
    kind: 'number',
    sortable: true,
    weight: 'wide',
  },
  { key: 'population', label: 'Habitants', value: (t) => t.population, kind: 'number', sortable: true },
  { key: 'fin', label: 'Jusqu’au', value: (t) => t.endedOn, kind: 'day', weight: 'wide' },
]

/** « Centre Ville » is the name of nine quarters: the commune follows. */
const Name = ({ territory: t }: { territory: TerritoryLine }) => (
  <>
    <Link href={territoryHref(t.id)}>{t.name}</Link>
    {t.kind === 'qpv' && <span className="small soft"> {t.detail}</span>}
  </>
)
