import type { Route } from './+types/home'
import { comingActivities } from '../features/activities/agenda/agenda.server.ts'
import stylesheet from '../features/activities/agenda/agenda.css?url'
import { AgendaLines } from '../features/activities/agenda/agenda-list.tsx'
import { everything } from '../features/activities/agenda/filters.ts'
import { requestContext } from '../platform/request-context.server.ts'
import { readCentre } from '../platform/settings.server.ts'
import { LinkButton } from '../ui/button.tsx'
import { EmptyState } from '../ui/feedback.tsx'
import { KeyFigures } from '../ui/figure.tsx'
import { Fr } from '../ui/fr.tsx'
import { Link } from '../ui/link.tsx'
import { Weave } from '../ui/weave.tsx'
import { homeYear } from './home-year.server.ts'

const SHOWN = 6

export const links = () => [{ rel: 'stylesheet', href: stylesheet }]

export async function loader({ context }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const [centre, coming, year] = await Promise.all([
    readCentre(ctx.db),
    comingActivities(ctx, everything),
    homeYear(ctx),
  ])
  const { name, presentation, email } = centre
  return {
    name,
    presentation,
    email,
    baseUrl: ctx.baseUrl,
    lines: coming.lines.slice(0, SHOWN),
    total: coming.total,
    year,
  }
}

export default function Home({ loaderData }: Route.ComponentProps) {
  const { name, presentation, baseUrl, lines, total, year } = loaderData
  return (
    <>
      <title>{name}</title>
      {presentation && <meta name="description" content={presentation} />}
      <link rel="canonical" href={`${baseUrl}/`} />
      <meta property="og:type" content="website" />
      <meta property="og:title" content={name} />
      <meta property="og:url" content={`${baseUrl}/`} />
      <link rel="alternate" type="application/rss+xml" title="Agenda" href="/agenda.rss" />
      <Opening {...loaderData} />
      <section className="band" aria-labelledby="agenda">
        <div className="wrap">
          <div className="head">
            <h2 id="agenda">Agenda</h2>
            <p>
              <Link href="/agenda">{total > SHOWN ? `Les ${total} activités à venir` : 'Tout l’agenda'}</Link> ·{' '}
              <a href="/agenda.ics">S’abonner (iCal)</a>
            </p>
          </div>
          {lines.length > 0 ? <AgendaLines lines={lines} /> : <NothingYet />}
        </div>
      </section>
      {year && <Year year={year} />}
    </>
  )
}

const Opening = ({ name, presentation, email, lines }: Route.ComponentProps['loaderData']) => (
  <div className="wrap">
    <section className="opening" aria-label="Présentation">
      <div className="stack">
        <h1>{name}</h1>
        {presentation && (
          <p className="lead">
            <Fr>{presentation}</Fr>
          </p>
        )}
        <div className="row">
          <LinkButton href="/agenda" look="primary">
            {lines.length > 0 ? 'Voir l’agenda' : 'Découvrir l’agenda'}
          </LinkButton>
          {email && <LinkButton href={`mailto:${email}`}>Nous écrire</LinkButton>}
        </div>
      </div>
      <Weave id={name} />
    </section>
  </div>
)

const NothingYet = () => (
  <EmptyState title="Rien n’est annoncé pour l’instant">
    <p>
      Les prochaines activités s’afficheront ici. Celles qui ont eu lieu restent{' '}
      <Link href="/agenda?quand=passees">consultables</Link>.
    </p>
  </EmptyState>
)

/** A complete year, each number open on its page. */
function Year({ year }: { year: NonNullable<Route.ComponentProps['loaderData']['year']> }) {
  const href = `/chiffres/${year.year}`
  return (
    <section className="figs" aria-label={`L’année ${year.year} en chiffres`}>
      <div className="wrap stack">
        <KeyFigures
          items={[
            { label: 'présences à nos rencontres', value: year.presences, href },
            { label: 'personnes différentes', value: year.people, href },
            { label: `activités en ${year.year}`, value: year.activities, href },
          ]}
        />
      </div>
    </section>
  )
}
