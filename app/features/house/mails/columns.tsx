import { StateTag } from '#app/ui/content.tsx'
import { Fr, Moment } from '#app/ui/fr.tsx'
import { Link } from '#app/ui/link.tsx'
import type { Column } from '#app/ui/table.ts'
import { mailStatusLabels, mailStatusTones, purposeLabel } from '../labels.ts'
import type { ListedMail } from './queries.server.ts'

/** One declaration for the screen and the export. */
export const mailColumns: Column<ListedMail>[] = [
  {
    key: 'date',
    label: 'Écrit le',
    value: ({ createdAt }) => createdAt,
    kind: 'datetime',
    render: ({ createdAt }) => <Moment date={createdAt} style="short" />,
    sortable: true,
  },
  {
    key: 'sujet',
    label: 'Message',
    value: ({ subject }) => subject,
    render: ({ id, subject }) => (
      <Link href={`/bureau/envois/${id}`}>
        <Fr>{subject}</Fr>
      </Link>
    ),
    weight: 'main',
  },
  { key: 'objet', label: 'Objet', value: ({ purpose }) => purposeLabel(purpose), weight: 'wide' },
  {
    key: 'destinataire',
    label: 'À',
    value: ({ toName, toAddress }) => (toName ? `${toName} <${toAddress}>` : toAddress),
    render: ({ toName, toAddress }) => toName || toAddress,
  },
  {
    key: 'etat',
    label: 'État',
    value: ({ status }) => mailStatusLabels[status],
    render: ({ status }) => <StateTag tone={mailStatusTones[status]}>{mailStatusLabels[status]}</StateTag>,
  },
  { key: 'raison', label: 'Raison', value: ({ lastError }) => lastError, shown: false },
]
