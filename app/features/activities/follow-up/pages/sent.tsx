import { useEffect } from 'react'
import { useRevalidator } from 'react-router'
import { can } from '#app/platform/context.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { idParam, notFound } from '#app/platform/web.server.ts'
import { DescriptionList, Section } from '#app/ui/content.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { EmptyState, Progress } from '#app/ui/feedback.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { formatDateTime, nb } from '#app/ui/french.ts'
import { Link } from '#app/ui/link.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import type { Column } from '#app/ui/table.ts'
import { audienceLabels } from '../../labels.ts'
import { activityHead } from '../../record/activity-head.server.ts'
import { ActivityPageHead } from '../../record/activity-tabs.tsx'
import { readSent, type SendLine } from '../list.server.ts'
import { leftOutWords } from '../words.ts'
import type { Route } from './+types/sent'
import '../follow-up.css'

export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const id = idParam(params.id)
  const head = await activityHead(ctx, id)
  const sent = await readSent(ctx, id, idParam(params.followUpId))
  if (!head || !sent) throw notFound('Ce message n’existe pas.')
  return { head, ...sent, mayReadMails: can(ctx.actor, 'mails:read') }
}

/** A message that was sent: how far it is, and what became of it for each person. */
export default function Sent({ loaderData: { head, message, body, rows, mayReadMails } }: Route.ComponentProps) {
  useProgress(message.status === 'sending')
  return (
    <OfficePage>
      <ActivityPageHead head={head} part="Message envoyé" />
      <h2>
        <Fr>{message.subject}</Fr>
      </h2>
      {message.status === 'sending' && (
        <Progress label="Écriture des messages" value={message.done} max={message.total} />
      )}
      <DescriptionList
        items={[
          { label: 'Envoyé', value: message.sentAt && `${nb(formatDateTime(message.sentAt))}, par ${message.sentBy}` },
          { label: 'À', value: audienceLabels[message.audience] },
          { label: 'Laissés de côté', value: leftOutWords(message.leftOut) },
          { label: 'Texte', value: <span className="preview-text">{body}</span> },
        ]}
      />
      <Section title="Destinataires">
        <DataTable
          caption="Destinataires"
          columns={columns(mayReadMails)}
          rows={rows}
          rowKey={({ attendanceId }) => attendanceId}
          noun={{ one: 'destinataire' }}
          empty={<EmptyState title="Personne" />}
        />
      </Section>
    </OfficePage>
  )
}

const words = { waiting: 'En attente', sent: 'Parti', kept: 'Gardé ici', failed: 'Pas parti' }

const stateOf = ({ status, written }: SendLine) =>
  status ? words[status] : written ? 'Sans adresse depuis' : 'Pas encore écrit'

const columns = (mayReadMails: boolean): Column<SendLine>[] => [
  {
    key: 'personne',
    label: 'Personne',
    weight: 'main',
    value: ({ fullName }) => fullName,
    render: ({ personId, fullName }) => <Link href={`/bureau/personnes/${personId}`}>{fullName}</Link>,
  },
  {
    key: 'etat',
    label: 'État',
    value: stateOf,
    render: (row) =>
      row.mailId && mayReadMails ? <Link href={`/bureau/envois/${row.mailId}`}>{stateOf(row)}</Link> : stateOf(row),
  },
]

const SECONDS = 2000

/** Looks again while the job writes. */
function useProgress(underWay: boolean) {
  const { revalidate } = useRevalidator()
  useEffect(() => {
    if (!underWay) return
    const timer = setInterval(() => void revalidate(), SECONDS)
    return () => clearInterval(timer)
  }, [underWay, revalidate])
}
