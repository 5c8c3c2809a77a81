import { Outlet, useLocation, useRouteError, useRouteLoaderData } from 'react-router'
import type { loader as rootLoader } from '../root.tsx'
import { Trouble } from '../root.tsx'
import { Link } from '../ui/link.tsx'
import { SiteShell } from '../ui/site-shell.tsx'
import type { ReactNode } from 'react'

const nav = [
  { label: 'Agenda', href: '/agenda' },
  { label: 'Données personnelles', href: '/donnees-personnelles' },
]

function Shell({ children }: { children: ReactNode }) {
  const { pathname } = useLocation()
  const centre = useRouteLoaderData<typeof rootLoader>('root')
  return (
    <SiteShell
      name={centre?.name ?? 'Maillage'}
      nav={nav.slice(0, 1)}
      path={pathname}
      footerNav={[...nav, { label: 'Espace de l’équipe', href: '/bureau' }]}
      footer={
        <p>
          Site réalisé avec <Link href="https://joinup.ec.europa.eu/collection/eupl">Maillage, logiciel libre</Link>.
        </p>
      }
    >
      {children}
    </SiteShell>
  )
}

export default function Site() {
  return (
    <Shell>
      <Outlet />
    </Shell>
  )
}

export function ErrorBoundary() {
  return (
    <Shell>
      <Trouble error={useRouteError()} />
    </Shell>
  )
}
