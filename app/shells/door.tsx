import type { ReactNode } from 'react'
import { Outlet, useRouteError, useRouteLoaderData } from 'react-router'
import type { loader as rootLoader } from '../root.tsx'
import { Trouble } from '../root.tsx'
import { PersonalShell } from '../ui/site-shell.tsx'

function Shell({ children }: { children: ReactNode }) {
  const centre = useRouteLoaderData<typeof rootLoader>('root')
  return <PersonalShell name={centre?.name ?? 'Maillage'}>{children}</PersonalShell>
}

/** Sign-in, set-up, own registration: the name of the centre, and one thing to do. */
export default function Door() {
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
