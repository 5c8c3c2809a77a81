import { data } from 'react-router'
import { can } from '#app/platform/context.ts'
import { checkPage, listErrorAnswer, parseListParams } from '#app/platform/list-params.ts'
import { roleLabels, roles } from '#app/platform/permissions.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { requirePermission } from '#app/platform/web.server.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { PageHead } from '#app/ui/content.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { EmptyState } from '#app/ui/feedback.tsx'
import { SearchField, Select } from '#app/ui/inputs.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { memberStateLabels, memberStates } from '../../labels.ts'
import { teamColumns } from '../columns.tsx'
import { teamListRules } from '../list-rules.ts'
import { countTeam, listTeam } from '../queries.server.ts'
import type { Route } from './+types/team'

export async function loader({ context, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'users:read')
  const state = parseListParams(url.searchParams, teamListRules)
  if (!state.ok) throw refused(state.error)
  const total = await countTeam(ctx, state.value)
  const page = checkPage(state.value, total)
  if (!page.ok) throw refused(page.error)
  const rows = (await listTeam(ctx, state.value, page.value)) ?? []
  return { state: state.value, total, rows, mayInvite: can(ctx.actor, 'users:write') }
}

function refused(error: Parameters<typeof listErrorAnswer>[0]) {
  const { status, message } = listErrorAnswer(error)
  return data(message, { status })
}

export default function Team({ loaderData: { state, total, rows, mayInvite } }: Route.ComponentProps) {
  return (
    <OfficePage>
      <title>Équipe et droits</title>
      <PageHead
        title="Équipe et droits"
        detail="Qui entre dans le bureau, avec quel rôle."
        actions={
          <>
            <LinkButton href="/bureau/equipe/droits">Qui peut quoi</LinkButton>
            <LinkButton href="/bureau/equipe/securite">Sécurité</LinkButton>
            {mayInvite && (
              <LinkButton href="/bureau/equipe/inviter" look="primary">
                Inviter
              </LinkButton>
            )}
          </>
        }
      />
      <DataTable
        caption="Comptes de l’équipe"
        columns={teamColumns}
        rows={rows}
        rowKey={({ id }) => id}
        state={state}
        total={total}
        noun={{ one: 'compte' }}
        filters={<TeamFilters q={state.q} role={state.filters.role?.[0]} etat={state.filters.etat?.[0]} />}
        exportHref="/bureau/equipe/export"
        empty={<EmptyState title="Personne pour l’instant" />}
      />
    </OfficePage>
  )
}

const TeamFilters = ({ q, role, etat }: { q: string; role?: string; etat?: string }) => (
  <>
    <SearchField name="q" label="Nom ou adresse" placeholder="Nom ou adresse" defaultValue={q} />
    <Select
      name="role"
      label="Rôle"
      hideLabel
      placeholder="Tous les rôles"
      defaultValue={role ?? ''}
      options={roles.map((value) => ({ value, label: roleLabels[value] }))}
    />
    <Select
      name="etat"
      label="État"
      hideLabel
      placeholder="Tous les états"
      defaultValue={etat ?? ''}
      options={memberStates.map((value) => ({ value, label: memberStateLabels[value] }))}
    />
  </>
)
