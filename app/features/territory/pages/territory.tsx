import { loadPanels, panelSources } from '#app/platform/panels.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { notFound } from '#app/platform/web.server.ts'
import { PageHead, Section, StateTag } from '#app/ui/content.tsx'
import { Day } from '#app/ui/fr.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { Attribution } from '../attribution.tsx'
import { Coverage, Facts } from '../facts.tsx'
import { territoryKindLabels, territoryKindPlurals, titleOf } from '../labels.ts'
import { Memory } from '../memory.tsx'
import { loadTerritory, type TerritoryRecord } from '../record.server.ts'
import { RelativesByKind } from '../relatives.tsx'
import type { Route } from './+types/territory'

export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const record = await loadTerritory(ctx, params.id)
  if (!record) throw notFound()
  return { ...record, panels: await loadPanels(ctx, context.get(panelSources), 'territory', params.id) }
}

export default function Territory({ loaderData: record }: Route.ComponentProps) {
  const { territory, parents, children, panels, sources } = record
  const title = titleOf(territory)
  return (
    <OfficePage>
      <title>{title}</title>
      <PageHead
        title={title}
        breadcrumb={[
          { label: 'Territoires', href: '/bureau/territoires' },
          { label: territoryKindPlurals[territory.kind], href: `/bureau/territoires?nature=${territory.kind}` },
        ]}
        detail={<Identity territory={territory} />}
      />
      <Coverage record={record} />
      <div className="main-side">
        <Memory panels={panels} />
        <Section title="Repères">
          <Facts record={record} />
        </Section>
      </div>
      <RelativesByKind title="Fait partie de" relatives={parents} />
      <RelativesByKind title="Contient" relatives={children} />
      <Attribution sources={sources} />
    </OfficePage>
  )
}

const Identity = ({ territory: { kind, code, validTo } }: Pick<TerritoryRecord, 'territory'>) => (
  <>
    {territoryKindLabels[kind]}, {kind === 'epci' ? 'SIREN' : 'code'} {code}{' '}
    {validTo && (
      <StateTag tone="neutral">
        jusqu’au <Day date={validTo} style="long" />
      </StateTag>
    )}
  </>
)
