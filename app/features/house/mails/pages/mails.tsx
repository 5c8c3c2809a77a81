import { data } from 'react-router'
import { listErrorAnswer } from '#app/platform/list-params.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { requirePermission } from '#app/platform/web.server.ts'
import { PageHead } from '#app/ui/content.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { EmptyState, Notice } from '#app/ui/feedback.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { plural } from '#app/ui/french.ts'
import { SearchField, Select } from '#app/ui/inputs.tsx'
import { Link } from '#app/ui/link.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { mailStatusLabels, purposeLabels } from '../../labels.ts'
import { mailColumns } from '../columns.tsx'
import { listAsked } from '../mail-list.server.ts'
import { mailCounts } from '../queries.server.ts'
import type { Route } from './+types/mails'

export async function loader({ context, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'mails:read')
  const list = await listAsked(ctx, url.searchParams)
  if (list.ok) return { ...list.value, counts: await mailCounts(ctx) }
  const { status, message } = listErrorAnswer(list.error)
  throw data(message, { status })
}

const options = (labels: Record<string, string>) => Object.entries(labels).map(([value, label]) => ({ value, label }))

export default function Mails({ loaderData }: Route.ComponentProps) {
  const { state, rows, total, counts } = loaderData
  return (
    <OfficePage wide>
      <title>Envois</title>
      <PageHead title="Envois" detail="Chaque message que le centre écrit, et s’il est parti." />
      {counts.failed > 0 && (
        <Notice tone="bad" title={`${plural(counts.failed, 'message')} en échec`}>
          <Link href="?etat=failed">Voir ce qui n’est pas parti, et pourquoi</Link>
        </Notice>
      )}
      {counts.kept > 0 && (
        <Notice tone="info" title={`${plural(counts.kept, 'message')} sans serveur de messagerie`}>
          <Fr>
            Sans SMTP_URL, un message est gardé ici au lieu de partir : ouvrez-le pour suivre ou transmettre son lien.
            Une fois le serveur réglé, il peut être renvoyé.
          </Fr>
        </Notice>
      )}
      <DataTable
        caption="Messages"
        columns={mailColumns}
        rows={rows}
        rowKey={({ id }) => id}
        state={state}
        total={total}
        noun={{ one: 'message' }}
        exportHref="/bureau/envois/export"
        filters={
          <>
            <SearchField name="q" label="Chercher" placeholder="Sujet ou adresse" defaultValue={state.q} />
            <Select
              name="etat"
              label="État"
              placeholder="Tous"
              options={options(mailStatusLabels)}
              defaultValue={state.filters.etat?.[0] ?? ''}
            />
            <Select
              name="objet"
              label="Objet"
              placeholder="Tous"
              options={options(purposeLabels)}
              defaultValue={state.filters.objet?.[0] ?? ''}
            />
          </>
        }
        empty={
          <EmptyState title="Aucun message n’a été écrit.">
            Confirmations d’inscription, rappels, invitations de l’équipe se suivront ici.
          </EmptyState>
        }
      />
    </OfficePage>
  )
}
