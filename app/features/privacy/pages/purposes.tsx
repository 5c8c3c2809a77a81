import { can } from '#app/platform/context.ts'
import { howLongText } from '#app/platform/purposes.ts'
import { readPurposes } from '#app/platform/purposes.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { requirePermission } from '#app/platform/web.server.ts'
import { Fr } from '#app/ui/fr.tsx'
import { Link } from '#app/ui/link.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { BASE, PrivacyHead } from '../privacy-head.tsx'
import type { Route } from './+types/purposes'

export async function loader({ context }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  requirePermission(ctx, 'privacy:read')
  return { purposes: await readPurposes(ctx.db), mayWrite: can(ctx.actor, 'privacy:write') }
}

export default function Purposes({ loaderData: { purposes, mayWrite } }: Route.ComponentProps) {
  return (
    <OfficePage wide>
      <PrivacyHead part="Finalités et durées" />
      <p className="soft prose">
        <Fr>
          Chaque ligne dit pourquoi des données sont gardées et combien de temps. La page publique, les mentions sous
          les formulaires, le registre et les effacements automatiques en viennent tous.
        </Fr>
      </p>
      <div className="table-box" role="region" aria-label="Finalités" tabIndex={0}>
        <table className="stacked">
          <thead>
            <tr>
              <th scope="col">Finalité</th>
              <th scope="col">Ce qui le permet</th>
              <th scope="col">Combien de temps</th>
            </tr>
          </thead>
          <tbody>
            {purposes.map((purpose) => (
              <tr key={purpose.id}>
                <th scope="row">
                  {mayWrite ? <Link href={`${BASE}/finalites/${purpose.id}`}>{purpose.title}</Link> : purpose.title}
                </th>
                <td>
                  <Fr>{purpose.basis}</Fr>
                </td>
                <td>
                  <Fr>{howLongText(purpose)}</Fr>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </OfficePage>
  )
}
