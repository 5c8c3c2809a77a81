import type { ReactNode } from 'react'
import { Tabs } from '#app/ui/navigation.tsx'

interface AgendaHeadProps {
  title: string
  /** Today, in Paris: the month and the year that the tabs open. */
  today: string
  path: string
  children?: ReactNode
}

/** The head of every view of the agenda: what comes, a month, a year, what was. */
export const AgendaHead = ({ title, today, path, children }: AgendaHeadProps) => (
  <header className="agenda-head stack">
    <h1>{title}</h1>
    {children}
    <Tabs
      label="Vues de l’agenda"
      items={[
        { label: 'À venir', href: '/agenda', current: path === '/agenda' },
        { label: 'Par mois', href: `/agenda/mois/${today.slice(0, 7)}`, current: path.startsWith('/agenda/mois/') },
        { label: 'Par année', href: `/agenda/annee/${today.slice(0, 4)}`, current: path.startsWith('/agenda/annee/') },
        { label: 'Activités passées', href: '/agenda?quand=passees', current: path === '/agenda?quand=passees' },
      ]}
    />
  </header>
)

/** How to keep up without coming back. */
export const Subscribe = ({ theme }: { theme?: { code: string; label: string } | null }) => (
  <p className="small soft">
    S’abonner{theme ? ` au thème « ${theme.label} »` : ''} :{' '}
    <a href={theme ? `/agenda/theme/${theme.code}.ics` : '/agenda.ics'}>calendrier (iCal)</a> ·{' '}
    <a href="/agenda.rss">fil RSS</a>
  </p>
)
