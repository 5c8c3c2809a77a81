import { data, redirect } from 'react-router'
import { can } from '#app/platform/context.ts'
import { loadPanels, panelSources } from '#app/platform/panels.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { idParam, notFound } from '#app/platform/web.server.ts'
import { buttonClass, LinkButton } from '#app/ui/button.tsx'
import { DescriptionList, PageHead, Section } from '#app/ui/content.tsx'
import { Day } from '#app/ui/fr.tsx'
import { Link } from '#app/ui/link.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { Affiliations } from '../affiliations-list.tsx'
import { ConsentList } from '../consents-list.tsx'
import { currentConsents } from '../consents.server.ts'
import { Absorbed, MergeDone } from '../duplicates/absorbed.tsx'
import { mergesOf } from '../duplicates/merges-of.server.ts'
import { isShell } from '../erasure.server.ts'
import { History } from '../history.tsx'
import { historyOf } from '../history.server.ts'
import { Lines } from '../lines.tsx'
import { Panels } from '../panels-list.tsx'
import { loadPerson } from '../person-record.server.ts'
import type { Route } from './+types/person'

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const id = idParam(params.id)
  const record = await loadPerson(ctx, id)
  if (!record) throw (await isShell(ctx.db, id)) ? gone() : notFound()
  if (record.person.mergedIntoId) throw redirect(`/bureau/personnes/${record.person.mergedIntoId}`)
  const [panels, history] = await Promise.all([
    loadPanels(ctx, context.get(panelSources), 'person', id),
    historyOf(ctx, 'person', id),
  ])
  return {
    ...record,
    current: currentConsents(record.consents),
    panels,
    history,
    done: url.searchParams.get('fait'),
    merges: await mergesOf(ctx, 'person', id),
    may: {
      write: can(ctx.actor, 'directory:write'),
      export: can(ctx.actor, 'directory:export'),
      merge: can(ctx.actor, 'directory:merge'),
      data: can(ctx.actor, 'privacy:read'),
    },
  }
}

const gone = () =>
  data('Cette personne a été effacée. Ses présences restent comptées, sans que rien ne dise qui elle était.', {
    status: 410,
  })

export default function Person({ loaderData }: Route.ComponentProps) {
  const { person, affiliations, consents, current, panels, history, may, done, merges } = loaderData
  const href = `/bureau/personnes/${person.id}`
  const now = affiliations.filter(({ when }) => when === 'now').slice(0, 2)
  return (
    <OfficePage>
      <title>{person.fullName}</title>
      <PageHead
        title={person.fullName}
        breadcrumb={[{ label: 'Personnes', href: '/bureau/personnes' }]}
        detail={now
          .map(({ function: work, organisation }) => [work, organisation].filter(Boolean).join(', '))
          .filter(Boolean)
          .join(' · ')}
        actions={
          <>
            {may.data && <LinkButton href={`${href}/donnees`}>Données personnelles</LinkButton>}
            {may.export && (
              <a className={buttonClass({ look: 'plain' })} href={`${href}/fiche.vcf`} download>
                Carnet d’adresses
              </a>
            )}
            {may.merge && <LinkButton href={`${href}/fusionner`}>Fusionner…</LinkButton>}
            {may.write && (
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
            <Facts person={person} />
          </Section>
          <Section
            title="Situations"
            id="situations"
            actions={
              may.write && (
                <LinkButton href={`${href}/situations/nouvelle`} small>
                  Ajouter une situation
                </LinkButton>
              )
            }
          >
            <Affiliations personHref={href} affiliations={affiliations} mayWrite={may.write} />
          </Section>
          <Panels panels={panels} />
        </div>
        <div className="stack">
          <Section title="Consentements" id="consentements">
            <ConsentList personHref={href} current={current} all={consents} mayWrite={may.write} />
          </Section>
          <Absorbed merges={merges ?? []} href={href} />
          {history && <History entries={history} mergesHref={may.merge ? `${href}/fusions` : undefined} />}
        </div>
      </div>
    </OfficePage>
  )
}

const Facts = ({ person }: Pick<Route.ComponentProps['loaderData'], 'person'>) => (
  <DescriptionList
    items={[
      { label: 'Adresse', value: person.email && <a href={`mailto:${person.email}`}>{person.email}</a> },
      {
        label: 'Téléphone',
        value: person.phone && <a href={`tel:${person.phone.replace(/[^+\d]/g, '')}`}>{person.phone}</a>,
      },
      {
        label: 'Département',
        value: person.departementId && (
          <Link href={`/bureau/territoires/${person.departementId}`}>{person.departement}</Link>
        ),
      },
      { label: 'Note', value: person.note && <Lines text={person.note} /> },
      {
        label: 'Dans l’annuaire',
        value: (
          <>
            depuis le <Day date={person.addedOn} />
          </>
        ),
      },
      { label: 'Fiches absorbées', value: person.absorbed.join(', ') },
    ]}
  />
)
