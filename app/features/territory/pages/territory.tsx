import { loadPanels, panelSources } from '#app/platform/panels.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { notFound } from '#app/platform/web.server.ts'
import { DescriptionList, PageHead, Section } from '#app/ui/content.tsx'
import { Day } from '#app/ui/fr.tsx'
import { formatNumber, plural } from '#app/ui/french.ts'
import { Link } from '#app/ui/link.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { Attribution } from '../attribution.tsx'
import { territoryHref, territoryKindLabels } from '../labels.ts'
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

export default function Territory({ loaderData }: Route.ComponentProps) {
  const { territory, vintage, parents, children, panels } = loaderData
  return (
    <OfficePage>
      <title>{territory.name}</title>
      <PageHead
        title={territory.name}
        breadcrumb={[
          { label: 'Territoires', href: '/bureau/territoires' },
          { label: territoryKindLabels[territory.kind], href: `/bureau/territoires?nature=${territory.kind}` },
        ]}
        detail={`${territoryKindLabels[territory.kind]}, ${territory.code}`}
      />
      <div className="main-side">
        <div>
          <Memory panels={panels} />
          <RelativesByKind title="Contient" relatives={children} />
        </div>
        <div className="stack">
          <Section title="Repères">
            <Facts record={loaderData} />
          </Section>
          <RelativesByKind title="Fait partie de" relatives={parents} />
        </div>
      </div>
      <Attribution source={`${vintage.source} ${vintage.year}. ${vintage.attribution}.`} />
    </OfficePage>
  )
}

function Facts({ record }: { record: TerritoryRecord }) {
  const { territory: t, urbanPolicy, successions, formerNames } = record
  const linked = (way: 'former' | 'next') =>
    successions
      .filter((one) => one.way === way)
      .map(({ id, name, day }) => (
        <span key={id} className="stack-line">
          <Link href={territoryHref(id)}>{name}</Link>, le <Day date={day} style="long" />{' '}
        </span>
      ))
  const holdsQuarters = !['qpv', 'commune'].includes(t.kind) && urbanPolicy.qpv > 0
  return (
    <DescriptionList
      items={[
        {
          label: t.kind === 'contrat-de-ville' ? 'Habitants des quartiers' : 'Habitants',
          value: t.population !== null && formatNumber(t.population),
        },
        {
          label: 'Quartiers prioritaires',
          value: holdsQuarters && `${formatNumber(urbanPolicy.qpv)} (${plural(urbanPolicy.residents, 'habitant')})`,
        },
        { label: 'Contrats de ville', value: urbanPolicy.contracts > 0 && formatNumber(urbanPolicy.contracts) },
        { label: t.kind === 'commune' ? 'Codes postaux' : 'Précision', value: t.detail },
        { label: 'Depuis', value: t.validFrom && <Day date={t.validFrom} style="long" /> },
        { label: 'Jusqu’au', value: t.validTo && <Day date={t.validTo} style="long" /> },
        { label: 'A succédé à', value: linked('former').length > 0 && linked('former') },
        { label: 'Remplacé par', value: linked('next').length > 0 && linked('next') },
        { label: 'Autrefois', value: formerNames.map(({ name, year }) => `${name} (${year})`).join(', ') },
      ]}
    />
  )
}
