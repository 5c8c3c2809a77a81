import { requestContext } from '#app/platform/request-context.server.ts'
import { notFound } from '#app/platform/web.server.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { DescriptionList, Section, Tag } from '#app/ui/content.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { plural } from '#app/ui/french.ts'
import { Breadcrumb } from '#app/ui/navigation.tsx'
import { Weave } from '#app/ui/weave.tsx'
import stylesheet from '../../agenda/agenda.css?url'
import { Prose } from '../../agenda/prose.tsx'
import { seriesKindLabels } from '../../labels.ts'
import { Objectives } from '../cycle-facts.tsx'
import { CycleSteps } from '../cycle-steps.tsx'
import { formatDuration } from '../duration.ts'
import { type PublicCycle, publicCycle } from '../public-cycle.server.ts'
import type { Route } from './+types/public-cycle'

export const links = () => [{ rel: 'stylesheet', href: stylesheet }]

export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const page = await publicCycle(ctx, params.slug)
  if (!page) throw notFound('Ce cycle n’est pas, ou n’est plus, dans l’agenda.')
  return { ...page, baseUrl: ctx.baseUrl }
}

export default function PublicCyclePage({ loaderData }: Route.ComponentProps) {
  const { cycle, steps, open, centre, baseUrl } = loaderData
  return (
    <article>
      <title>{`${cycle.title} – ${centre}`}</title>
      <link rel="canonical" href={`${baseUrl}/agenda/cycle/${cycle.slug}`} />
      {cycle.description && <meta name="description" content={cycle.description.slice(0, 200)} />}
      {cycle.visibility === 'unlisted' && <meta name="robots" content="noindex" />}
      <div className="wrap">
        <header className="opening activity-opening">
          <div className="stack">
            <Breadcrumb items={[{ label: 'Agenda', href: '/agenda' }]} />
            <Tag>{seriesKindLabels[cycle.kind]}</Tag>
            <h1>
              <Fr>{cycle.title}</Fr>
            </h1>
            <p className="lead">{plural(steps.length, 'activité')}</p>
            {open > 0 && (
              <p className="row">
                <LinkButton href={`/agenda/cycle/${cycle.slug}/inscription`} look="primary">
                  S’inscrire à tout le cycle
                </LinkButton>
              </p>
            )}
          </div>
          <Weave id={cycle.id} />
        </header>
      </div>
      <div className="wrap main-side activity-body">
        <div className="stack activity-main">
          {cycle.description && <Prose text={cycle.description} />}
          <Section title="Les activités du cycle">
            {steps.length > 0 ? <CycleSteps steps={steps} /> : <p className="soft">Les dates seront publiées ici.</p>}
          </Section>
        </div>
        <aside className="activity-side" aria-label="Informations pratiques">
          <Practical cycle={cycle} />
        </aside>
      </div>
    </article>
  )
}

const Practical = ({ cycle }: Pick<PublicCycle, 'cycle'>) => (
  <DescriptionList
    items={[
      { label: 'Objectifs', value: cycle.objectives && <Objectives text={cycle.objectives} /> },
      { label: 'Pour qui', value: cycle.audience && <Fr>{cycle.audience}</Fr> },
      { label: 'Durée', value: cycle.plannedMinutes && formatDuration(cycle.plannedMinutes) },
      {
        label: 'Attestation',
        value: cycle.requiredShare && (
          <Fr>{`Remise à qui suit au moins ${cycle.requiredShare} % des activités du cycle.`}</Fr>
        ),
      },
    ]}
  />
)
