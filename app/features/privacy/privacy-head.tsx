import type { ReactNode } from 'react'
import { useLocation } from 'react-router'
import { PageHead } from '#app/ui/content.tsx'
import { Tabs } from '#app/ui/navigation.tsx'

export const BASE = '/bureau/donnees-personnelles'

/** The head of every page on personal data: where it stands, then its tabs. */
export function PrivacyHead({ part, actions }: { part: string; actions?: ReactNode }) {
  const { pathname } = useLocation()
  const at = (href: string) => ({ href, current: href === BASE ? pathname === BASE : pathname.startsWith(href) })
  return (
    <>
      <title>{`${part} – Données personnelles`}</title>
      <PageHead
        title="Données personnelles"
        detail="Ce que le centre garde des personnes, pourquoi, combien de temps, et ce qu’elles demandent."
        actions={actions}
      />
      <Tabs
        label="Données personnelles"
        path={pathname}
        items={[
          { label: 'À purger', ...at(BASE) },
          { label: 'Gardées', ...at(`${BASE}/gardees`) },
          { label: 'Demandes', ...at(`${BASE}/demandes`) },
          { label: 'Finalités et durées', ...at(`${BASE}/finalites`) },
          { label: 'Registre', ...at(`${BASE}/registre`) },
          { label: 'Effacements', ...at(`${BASE}/effacements`) },
        ]}
      />
    </>
  )
}
