import { can } from '#app/platform/context.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { idParam, notFound } from '#app/platform/web.server.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { Section, StateTag } from '#app/ui/content.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { EmptyState } from '#app/ui/feedback.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { plural } from '#app/ui/french.ts'
import { Link } from '#app/ui/link.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import type { Column } from '#app/ui/table.ts'
import { audienceLabels } from '../../labels.ts'
import { activityHead } from '../../record/activity-head.server.ts'
import { ActivityPageHead } from '../../record/activity-tabs.tsx'
import { type AudienceLine, followUpOverview, type SentLine } from '../list.server.ts'
import { audienceSlugs, leftOutWords } from '../words.ts'
import type { Route } from './+types/overview'
import '../../record/record.css'

export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const id = idParam(params.id)
  const head = await activityHead(ctx, id)
  const overview = await followUpOverview(ctx, id)
  if (!head || !overview) throw notFound('Cette activité n’existe pas.')
  return { head, ...overview, mayWrite: can(ctx.actor, 'activities:write') }
}

export default function Overview({ loaderData: { head, lines, sent, mayWrite } }: Route.ComponentProps) {
  const base = `/bureau/activites/${head.id}/suites`
  return (
    <OfficePage>
      <ActivityPageHead head={head} part="Suites" />
      <Section title="Écrire après l’activité">
        <ul className="lines">
          {lines.map((line) => (
            <li key={line.audience}>
              <Audience line={line} href={`${base}/ecrire/${audienceSlugs[line.audience]}`} mayWrite={mayWrite} />
            </li>
          ))}
        </ul>
        {head.toTick > 0 && (
          <p className="soft">
            <Fr>{`${plural(head.toTick, 'personne inscrite n’est pas encore pointée', 'personnes inscrites ne sont pas encore pointées')} : elles ne reçoivent rien.`}</Fr>{' '}
            <Link href={`/bureau/activites/${head.id}/presence`}>Pointer les présences</Link>
          </p>
        )}
      </Section>
      <Section title="Messages envoyés">
        <DataTable
          caption="Messages envoyés"
          columns={sentColumns(base)}
          rows={sent}
          rowKey={({ id }) => id}
          noun={{ one: 'message' }}
          empty={<EmptyState title="Aucun message n’est encore parti" />}
        />
      </Section>
    </OfficePage>
  )
}

const Audience = ({ line, href, mayWrite }: { line: AudienceLine; href: string; mayWrite: boolean }) => {
  const left = leftOutWords(line.leftOut)
  return (
    <div className="row">
      <div>
        <strong>{audienceLabels[line.audience]}</strong>
        <span className="block">{plural(line.written, 'personne à qui écrire', 'personnes à qui écrire')}</span>
        {left && (
          <span className="small soft block">
            <Fr>{left}</Fr>
          </span>
        )}
      </div>
      {mayWrite && (
        <span className="end">
          <LinkButton href={href} look={line.audience === 'present' && line.written > 0 ? 'primary' : 'quiet'}>
            {line.hasDraft ? 'Reprendre le message' : 'Préparer un message'}
          </LinkButton>
        </span>
      )}
    </div>
  )
}

const sentColumns = (base: string): Column<SentLine>[] => [
  { key: 'le', label: 'Le', kind: 'datetime', value: ({ sentAt }) => sentAt },
  {
    key: 'objet',
    label: 'Objet',
    weight: 'main',
    value: ({ subject }) => subject,
    render: ({ id, subject }) => <Link href={`${base}/${id}`}>{subject}</Link>,
  },
  { key: 'a', label: 'À', value: ({ audience }) => audienceLabels[audience] },
  { key: 'nombre', label: 'Destinataires', kind: 'number', value: ({ total }) => total },
  { key: 'par', label: 'Par', weight: 'wide', value: ({ sentBy }) => sentBy },
  {
    key: 'etat',
    label: 'État',
    value: (row) => (row.status === 'sending' ? `${row.done} sur ${row.total}` : 'Envoyé'),
    render: (row) =>
      row.failed > 0 ? (
        <StateTag tone="warn">{plural(row.failed, 'message pas parti', 'messages pas partis')}</StateTag>
      ) : row.status === 'sending' ? (
        <StateTag tone="info">{`${row.done} sur ${row.total}`}</StateTag>
      ) : (
        <StateTag tone="good">Envoyé</StateTag>
      ),
  },
]
