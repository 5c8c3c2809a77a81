import type { ReactNode } from 'react'
import { useLocation } from 'react-router'
import { PageHead, StateTag } from '#app/ui/content.tsx'
import { MomentRange } from '#app/ui/fr.tsx'
import { Tabs } from '#app/ui/navigation.tsx'
import { modeLabels, statusLabels, statusTones } from '../labels.ts'
import type { ActivityHead } from './activity-head.server.ts'

/** The tabs of an activity’s record. */
export function ActivityTabs({
  head,
}: {
  head: Pick<ActivityHead, 'id' | 'role' | 'expected' | 'waiting' | 'present'>
}) {
  const { pathname } = useLocation()
  const base = `/bureau/activites/${head.id}`
  return (
    <Tabs
      label="Parties de l’activité"
      path={pathname}
      items={[
        { label: 'Fiche', href: base },
        { label: 'Programme', href: `${base}/programme` },
        { label: 'Inscriptions', href: `${base}/inscriptions`, count: head.expected + head.waiting || undefined },
        { label: 'Présence', href: `${base}/presence`, count: head.present || undefined },
        { label: 'Attestations', href: `${base}/attestations` },
        { label: 'Documents', href: `${base}/documents` },
        { label: 'Questions', href: `${base}/questions` },
        { label: 'Suites', href: `${base}/suites` },
        ...(head.role === 'co-organisateur' ? [{ label: 'Partage', href: `${base}/partage` }] : []),
        { label: 'Historique', href: `${base}/historique` },
      ]}
    />
  )
}

/** The head of every tab: what, when, where, its state; then the tabs. `part` names the tab in the title of the window. */
export const ActivityPageHead = ({
  head,
  part,
  actions,
}: {
  head: ActivityHead
  part?: string
  actions?: ReactNode
}) => (
  <>
    <title>{part ? `${part} – ${head.title}` : head.title}</title>
    <PageHead
      title={head.title}
      breadcrumb={[{ label: 'Activités', href: '/bureau/activites' }, { label: head.kind }]}
      actions={actions}
      detail={
        <>
          <StateTag tone={statusTones[head.status]}>{statusLabels[head.status]}</StateTag>{' '}
          {head.startsAt ? <MomentRange start={head.startsAt} end={head.endsAt} /> : 'Pas encore de date'}
          {' · '}
          {modeLabels[head.mode]}
          {head.place && ` · ${head.place}`}
        </>
      }
    />
    <ActivityTabs head={head} />
  </>
)
