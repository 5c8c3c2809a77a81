import type { ReactNode } from 'react'
import { Outlet, redirect, useLocation, useRouteError, useRouteLoaderData } from 'react-router'
import type { Route } from './+types/office'
import { can } from '../platform/context.ts'
import { roleLabels } from '../platform/permissions.ts'
import { requestContext } from '../platform/request-context.server.ts'
import { requireSession } from '../platform/web.server.ts'
import type { loader as rootLoader } from '../root.tsx'
import { Trouble } from '../root.tsx'
import { Button, LinkButton } from '../ui/button.tsx'
import { CommandPalette } from '../ui/client/command-palette.tsx'
import { Link } from '../ui/link.tsx'
import type { NavItem } from '../ui/nav.ts'
import { OfficePage, OfficeShell } from '../ui/office-shell.tsx'
import { officeGroups } from './office-menu.ts'

export const handle = { hydrated: true }

export const middleware: Route.MiddlewareFunction[] = [requireSession]

export function loader({ context }: Route.LoaderArgs) {
  const { actor } = context.get(requestContext)
  if (actor.kind !== 'user') throw redirect('/connexion')
  return {
    label: actor.label,
    role: roleLabels[actor.role],
    groups: officeGroups(actor),
    canCreate: can(actor, 'activities:write'),
  }
}

/** Every address of the office begins like its home’s: the home is only where one is at home. */
const homeAlone = (pathname: string) => (item: NavItem) =>
  item.href === '/bureau' ? { ...item, current: pathname === '/bureau' } : item

type Known = Route.ComponentProps['loaderData']

function Shell({ known: { groups, label, role, canCreate }, children }: { known: Known; children: ReactNode }) {
  const { pathname } = useLocation()
  const centre = useRouteLoaderData<typeof rootLoader>('root')
  return (
    <OfficeShell
      name={centre?.name ?? 'Maillage'}
      homeHref="/bureau"
      groups={groups.map(({ label: title, items }) => ({ label: title, items: items.map(homeAlone(pathname)) }))}
      path={pathname}
      search={
        <CommandPalette
          searchHref="/bureau/recherche"
          source="/bureau/recherche.json"
          pages={groups.flatMap(({ items }) => items)}
        />
      }
      actions={
        canCreate && (
          <LinkButton href="/bureau/activites/nouvelle" look="primary" small>
            Nouvelle activité
          </LinkButton>
        )
      }
      user={{ label, detail: role }}
      userMenu={
        <>
          <Link href="/bureau/mon-compte">Mon compte</Link>
          <Link href="/">Voir le site public</Link>
          <form method="post" action="/deconnexion">
            <Button type="submit" look="plain">
              Se déconnecter
            </Button>
          </form>
        </>
      }
    >
      {children}
    </OfficeShell>
  )
}

export default function Office({ loaderData }: Route.ComponentProps) {
  return (
    <Shell known={loaderData}>
      <Outlet />
    </Shell>
  )
}

/** What is missing or refused is said inside the office: its menu leads elsewhere. */
export function ErrorBoundary() {
  const known = useRouteLoaderData<typeof loader>('shells/office')
  const trouble = (
    <OfficePage>
      <Trouble error={useRouteError()} homeHref="/bureau" />
    </OfficePage>
  )
  return known ? <Shell known={known}>{trouble}</Shell> : trouble
}
