import { notFound } from '#app/platform/web.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { Tag } from '#app/ui/content.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { capitalize, formatDateRange } from '#app/ui/french.ts'
import { Breadcrumb } from '#app/ui/navigation.tsx'
import { Weave } from '#app/ui/weave.tsx'
import { hasRoom } from '../../registration/state.ts'
import { publicActivity, type PublicActivity } from '../activity.server.ts'
import { CancelledNotice, Documents, Programme, RegistrationBox, Speakers, WhenAndWhere } from '../activity-parts.tsx'
import stylesheet from '../agenda.css?url'
import { eventData, jsonBlock } from '../event-data.ts'
import { Prose } from '../prose.tsx'
import { themeHue } from '../theme-hue.ts'
import { whereWords } from '../words.ts'
import type { Route } from './+types/activity'

export const links = () => [{ rel: 'stylesheet', href: stylesheet }]

export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const activity = await publicActivity(ctx, params.slug)
  if (!activity) throw notFound('Cette activité n’est pas, ou n’est plus, dans l’agenda.')
  return { activity, baseUrl: ctx.baseUrl }
}

export default function Activity({ loaderData: { activity, baseUrl } }: Route.ComponentProps) {
  const { facts, summary, description, programme, speakers, documents } = activity
  return (
    <article>
      <Head activity={activity} baseUrl={baseUrl} />
      <Opening activity={activity} />
      <div className="wrap main-side activity-body">
        <div className="stack activity-main">
          {facts.status === 'cancelled' && <CancelledNotice reason={facts.cancelledReason} />}
          {description ? <Prose text={description} /> : !summary && programme.length === 0 && <ComingSoon />}
          <Programme programme={programme} speakers={speakers} />
          <Speakers speakers={speakers} />
          <Documents documents={documents} />
        </div>
        <aside className="activity-side" aria-label="Informations pratiques">
          <RegistrationBox activity={activity} />
          <WhenAndWhere activity={activity} />
          {facts.sessions.length > 0 && (
            <p className="small">
              <a href={`/agenda/${facts.slug}.ics`}>Ajouter à mon calendrier</a>
            </p>
          )}
        </aside>
      </div>
    </article>
  )
}

const ComingSoon = () => <p className="soft">Le programme détaillé sera publié ici.</p>

function Opening({ activity }: { activity: PublicActivity }) {
  const { facts, summary, theme, registration } = activity
  const open = registration.state === 'open'
  const room = Object.values(registration.places).some(hasRoom)
  return (
    <div className="wrap">
      <header className="opening activity-opening">
        <div className="stack">
          <Breadcrumb items={[{ label: 'Agenda', href: '/agenda' }]} />
          <Tag>
            {facts.kind}
            {theme && ` · ${theme.label}`}
          </Tag>
          <h1>
            <Fr>{facts.title}</Fr>
          </h1>
          {summary && (
            <p className="lead">
              <Fr>{summary}</Fr>
            </p>
          )}
          <div className="row">
            {open && (room || facts.waitingList) && (
              <LinkButton href={`/agenda/${facts.slug}/inscription`} look="primary">
                {room ? 'S’inscrire' : 'Rejoindre la liste d’attente'}
              </LinkButton>
            )}
            <span className="small soft">{whenAndWhere(activity)}</span>
          </div>
        </div>
        <Weave id={facts.id} hue={themeHue(theme?.id ?? null)} />
      </header>
    </div>
  )
}

const whenAndWhere = ({ facts }: PublicActivity) =>
  [
    facts.startsAt && facts.endsAt && capitalize(formatDateRange(facts.startsAt, facts.endsAt, 'full')),
    whereWords(facts.mode, facts.place),
  ]
    .filter(Boolean)
    .join(' · ')

/** What search engines, social networks and messengers read. */
function Head({ activity, baseUrl }: { activity: PublicActivity; baseUrl: string }) {
  const { facts, summary, centre } = activity
  const url = `${baseUrl}/agenda/${facts.slug}`
  const words = summary ?? whenAndWhere(activity)
  const event = eventData(activity, baseUrl)
  return (
    <>
      <title>{`${facts.title} – ${centre.name}`}</title>
      <meta name="description" content={words} />
      <link rel="canonical" href={url} />
      {facts.visibility === 'unlisted' && <meta name="robots" content="noindex" />}
      <meta property="og:type" content="event" />
      <meta property="og:title" content={facts.title} />
      <meta property="og:description" content={words} />
      <meta property="og:url" content={url} />
      <meta property="og:site_name" content={centre.name} />
      <meta property="og:locale" content="fr_FR" />
      {event && <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: jsonBlock(event) }} />}
    </>
  )
}
