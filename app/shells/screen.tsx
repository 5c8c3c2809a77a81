import { useEffect } from 'react'
import { Outlet, useRouteError } from 'react-router'
import { Trouble } from '../root.tsx'
import { SkipLink } from '../ui/navigation.tsx'

export const handle = { hydrated: true }

/** The whole screen for one thing to do, on a tablet that somebody holds. */
export default function Screen() {
  useEffect(() => document.documentElement.classList.add('hydrated'), [])
  return (
    <>
      <SkipLink />
      <main id="contenu" tabIndex={-1}>
        <Outlet />
      </main>
    </>
  )
}

export function ErrorBoundary() {
  return (
    <main id="contenu">
      <Trouble error={useRouteError()} />
    </main>
  )
}
