import { type OwnAction, ownActions } from '#app/platform/personal-data.ts'
import { StateTag } from '#app/ui/content.tsx'
import { capitalize } from '#app/ui/french.ts'
import { Link } from '#app/ui/link.tsx'
import type { Column } from '#app/ui/table.ts'

interface Line {
  id: string
  name: string
  organisation: string | null
  action: OwnAction
  at: Date
  account: boolean
}

export const reviewColumns: Column<Line>[] = [
  {
    key: 'nom',
    label: 'Personne',
    sortable: true,
    weight: 'main',
    value: ({ name }) => name,
    render: ({ id, name, account }) => (
      <>
        <Link href={`/bureau/personnes/${id}`}>{name}</Link>
        {account && (
          <>
            {' '}
            <StateTag tone="warn">compte ouvert</StateTag>
          </>
        )}
      </>
    ),
  },
  { key: 'organisation', label: 'Organisation', value: ({ organisation }) => organisation, weight: 'wide' },
  { key: 'demarche', label: 'Dernière démarche', value: ({ action }) => capitalize(ownActions[action]) },
  { key: 'date', label: 'Le', kind: 'day', sortable: true, value: ({ at }) => at },
]

/** The same with a box to choose each person: the form around the table sends them. */
export const choosableColumns: Column<Line>[] = [
  {
    key: 'choix',
    label: 'Choisir',
    exported: false,
    value: () => null,
    render: ({ id, name }) => (
      <input type="checkbox" name="personne[]" value={id} form="effacer" aria-label={`Choisir ${name}`} />
    ),
  },
  ...reviewColumns,
]
