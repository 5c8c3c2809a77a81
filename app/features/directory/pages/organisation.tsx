import { redirect } from 'react-router'
import { can } from '#app/platform/context.ts'
import { loadPanels, panelSources } from '#app/platform/panels.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { idParam, notFound } from '#app/platform/web.server.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { DescriptionList, PageHead, Section } from '#app/ui/content.tsx'
import { Day } from '#app/ui/fr.tsx'
import { Link } from '#app/ui/link.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { Absorbed, MergeDone } from '../duplicates/absorbed.tsx'
import { mergesOf } from '../duplicates/merges-of.server.ts'
import { History } from '../history.tsx'
import { historyOf } from '../history.server.ts'
import { Lines } from '../lines.tsx'
import { MembersSection } from '../members-list.tsx'
import { loadOrganisation } from '../organisation-record.server.ts'
import { Panels } from '../panels-list.tsx'
import { formatSiret } from '../siret.ts'
import type { Route } from './+types/organisation'

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const id = idParam(params.id)
  const record = await loadOrganisation(ctx, id)
  if (!record) throw notFound()
  if (record.organisation.mergedIntoId) throw redirect(`/bureau/organisations/${record.organisation.mergedIntoId}`)
  const [panels, history] = await Promise.all([
    loadPanels(ctx, context.get(panelSources), 'organisation', id),
    historyOf(ctx, 'organisation', id),
  ])
  return {
    ...record,
    panels,
    history,
    done: url.searchParams.get('fait'),
    merges: await mergesOf(ctx, 'organisation', id),
    mayWrite: can(ctx.actor, 'directory:write'),
  }
}

export default function Organisation({ loaderData }: Route.ComponentProps) {
  const { organisation, members, total, panels, history, mayWrite, done, merges } = loaderData
  const href = `/bureau/organisations/${organisation.id}`
  return (
    <OfficePage>
      <title>{organisation.name}</title>
      <PageHead
        title={organisation.name}
        breadcrumb={[{ label: 'Organisations', href: '/bureau/organisations' }]}
        detail={[organisation.acronym, organisation.kind, organisation.territory].filter(Boolean).join(' · ')}
        actions={
          <>
            {merges && <LinkButton href={`${href}/fusionner`}>Fusionner…</LinkButton>}
            {mayWrite && (
              <LinkButton href={`${href}/modifier`} look="primary">
                Modifier
              </LinkButton>
            )}
          </>
        }
      />
      <MergeDone done={done} />
      <div className="main-side">
        <div className="stack">
          <Section title="Coordonnées">
            <Facts organisation={organisation} />
          </Section>
          <MembersSection organisationId={organisation.id} members={members} total={total} mayWrite={mayWrite} />
        </div>
        <div className="stack">
          <Panels panels={panels} />
          <Absorbed merges={merges ?? []} href={href} />
          {history && <History entries={history} mergesHref={merges ? `${href}/fusions` : undefined} />}
        </div>
      </div>
    </OfficePage>
  )
}

const Facts = ({ organisation: o }: Pick<Route.ComponentProps['loaderData'], 'organisation'>) => (
  <DescriptionList
    items={[
      { label: 'Adresse', value: o.email && <a href={`mailto:${o.email}`}>{o.email}</a> },
      { label: 'Téléphone', value: o.phone && <a href={`tel:${o.phone.replace(/[^+\d]/g, '')}`}>{o.phone}</a> },
      {
        label: 'Site internet',
        value: o.website && (
          <a href={o.website} rel="noreferrer">
            {o.website.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '')}
          </a>
        ),
      },
      { label: 'SIRET', value: o.siret && formatSiret(o.siret) },
      {
        label: 'Territoire',
        value: o.territoryId && <Link href={`/bureau/territoires/${o.territoryId}`}>{o.territory}</Link>,
      },
      {
        label: 'Département',
        value: o.departementId && <Link href={`/bureau/territoires/${o.departementId}`}>{o.departement}</Link>,
      },
      { label: 'Note', value: o.note && <Lines text={o.note} /> },
      {
        label: 'Dans l’annuaire',
        value: (
          <>
            depuis le <Day date={o.addedOn} />
          </>
        ),
      },
    ]}
  />
)
