import type { ReactNode } from 'react'
import { useLocation } from 'react-router'
import { PageHead } from '#app/ui/content.tsx'
import { Tabs } from '#app/ui/navigation.tsx'
import { seriesKindLabels } from '../labels.ts'
import type { SeriesRecord } from './read-series.server.ts'

type Head = Pick<SeriesRecord, 'id' | 'title' | 'kind'>

/** The head of a series: its name, its two pages. */
export function SeriesHead({ series, part, actions }: { series: Head; part?: string; actions?: ReactNode }) {
  const { pathname } = useLocation()
  const base = `/bureau/series/${series.id}`
  return (
    <>
      <title>{part ? `${part} – ${series.title}` : series.title}</title>
      <PageHead
        title={series.title}
        breadcrumb={[{ label: 'Cycles et séries', href: '/bureau/series' }]}
        detail={seriesKindLabels[series.kind]}
        actions={actions}
      />
      <Tabs
        label="Parties de la série"
        path={pathname}
        items={[
          { label: 'Présentation', href: base },
          { label: 'Assiduité', href: `${base}/assiduite` },
          { label: 'Attestations', href: `${base}/attestations` },
        ]}
      />
    </>
  )
}
