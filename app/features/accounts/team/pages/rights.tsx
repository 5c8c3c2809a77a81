import { can } from '#app/platform/context.ts'
import { type Permission, permissionsOf, roleLabels, roles } from '#app/platform/permissions.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { requirePermission } from '#app/platform/web.server.ts'
import { PageHead } from '#app/ui/content.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { permissionGroups } from '../../labels.ts'
import type { Route } from './+types/rights'

/** No secret: everyone of the team may know what each role allows. */
export function loader({ context }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'office:enter')
  return { mine: ctx.actor.kind === 'user' ? ctx.actor.role : null, seesTeam: can(ctx.actor, 'users:read') }
}

const held = new Map(roles.map((role) => [role, permissionsOf(role)]))

export default function Rights({ loaderData: { mine, seesTeam } }: Route.ComponentProps) {
  return (
    <OfficePage wide>
      <title>Qui peut quoi</title>
      <PageHead
        title="Qui peut quoi"
        breadcrumb={
          seesTeam
            ? [{ label: 'Équipe et droits', href: '/bureau/equipe' }]
            : [{ label: 'Mon compte', href: '/bureau/mon-compte' }]
        }
        detail={mine ? `Votre rôle\u202f: ${roleLabels[mine]}.` : undefined}
      />
      <div className="table-box" role="region" aria-label="Droits de chaque rôle" tabIndex={0}>
        <table>
          <caption className="sr">Ce que chaque rôle permet</caption>
          <thead>
            <tr>
              <th scope="col">Droit</th>
              {roles.map((role) => (
                <th scope="col" key={role}>
                  {roleLabels[role]}
                </th>
              ))}
            </tr>
          </thead>
          {permissionGroups.map(({ label, permissions }) => (
            <tbody key={label}>
              <tr>
                <th scope="rowgroup" colSpan={roles.length + 1}>
                  <strong>{label}</strong>
                </th>
              </tr>
              {Object.entries(permissions).map(([permission, words]) => (
                <tr key={permission}>
                  <th scope="row">{words}</th>
                  {roles.map((role) => (
                    <td key={role}>
                      <Held yes={held.get(role)!.has(permission as Permission)} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </div>
    </OfficePage>
  )
}

const Held = ({ yes }: { yes: boolean }) =>
  yes ? (
    <>
      <span aria-hidden="true">✓</span>
      <span className="sr">oui</span>
    </>
  ) : (
    <span className="sr">non</span>
  )
