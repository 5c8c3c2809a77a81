import { roleLabels } from '#app/platform/permissions.ts'
import { StateTag } from '#app/ui/content.tsx'
import { Link } from '#app/ui/link.tsx'
import type { Column } from '#app/ui/table.ts'
import { memberStateLabels, memberStateTones } from '../labels.ts'
import type { Member } from './queries.server.ts'

export const teamColumns: Column<Member>[] = [
  {
    key: 'nom',
    label: 'Nom',
    value: ({ fullName }) => fullName,
    render: ({ id, fullName }) => <Link href={`/bureau/equipe/${id}`}>{fullName}</Link>,
    sortable: true,
    weight: 'main',
  },
  { key: 'email', label: 'Adresse électronique', value: ({ email }) => email, weight: 'wide' },
  { key: 'role', label: 'Rôle', value: ({ role }) => roleLabels[role], sortable: true },
  {
    key: 'etat',
    label: 'État',
    value: ({ state }) => memberStateLabels[state],
    render: ({ state }) => <StateTag tone={memberStateTones[state]}>{memberStateLabels[state]}</StateTag>,
  },
  {
    key: 'vu',
    label: 'Dernière visite',
    value: ({ lastSeenAt }) => lastSeenAt,
    kind: 'datetime',
    sortable: true,
    weight: 'wide',
  },
]
