import { StateTag } from '#app/ui/content.tsx'
import { Link } from '#app/ui/link.tsx'
import type { Column } from '#app/ui/table.ts'
import type { SharedLine } from './shares.server.ts'
import { sharingLabels } from './words.ts'

export const sharedColumns: Column<SharedLine>[] = [
  { key: 'jour', label: 'Le', kind: 'day', value: ({ startsAt }) => startsAt },
  {
    key: 'activite',
    label: 'Activité',
    weight: 'main',
    value: ({ title }) => title,
    render: ({ id, title }) => <Link href={`/bureau/activites/${id}/partage`}>{title}</Link>,
  },
  {
    key: 'etat',
    label: 'État',
    value: ({ state }) => sharingLabels[state],
    render: ({ state }) => <StateTag tone={state === 'shared' ? 'good' : 'warn'}>{sharingLabels[state]}</StateTag>,
  },
  { key: 'demi-journees', label: 'Demi-journées', kind: 'number', weight: 'wide', value: ({ halfDays }) => halfDays },
  { key: 'part', label: 'Part du centre', kind: 'number', value: ({ ours }) => ours },
  { key: 'autres', label: 'Autres parts', weight: 'wide', value: ({ others }) => others },
  {
    key: 'participants',
    label: 'Déclare les participants',
    weight: 'wide',
    value: ({ reporter }) => reporter ?? 'Le centre',
  },
  { key: 'identifiant', label: 'Identifiant commun', shown: false, value: ({ commonId }) => commonId },
]
