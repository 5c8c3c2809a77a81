import type { Route } from './+types/today'
import { figureHref, modeLabels, type Mode } from '../features/activities/labels.ts'
import { privacyTodo } from '../features/privacy/index.server.ts'
import { dashboard } from '../features/report/index.server.ts'
import { requestContext } from '../platform/request-context.server.ts'
import { DateBlock, PageHead, Section, StateTag } from '../ui/content.tsx'
import { EmptyState, Notice } from '../ui/feedback.tsx'
import { KeyFigures } from '../ui/figure.tsx'
import { Fr } from '../ui/fr.tsx'
import {
  capitalize,
  formatChange,
  formatDate,
  formatNumber,
  formatTimeRange,
  isoDay,
  nb,
  plural,
} from '../ui/french.ts'
import { Link } from '../ui/link.tsx'
import { OfficePage } from '../ui/office-shell.tsx'

export async function loader({ context }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const [found, privacy] = await Promise.all([dashboard(ctx), privacyTodo(ctx)])
  return { ...found, privacy }
}

type Data = Route.ComponentProps['loaderData']
type Coming = Data['coming'][number]
type Todo = Data['attendance']

/** What the team finds in the morning: what comes, what is left to do, where the year stands. */
export default function Today({
  loaderData: { now, coming, attendance, drafts, failedMails, year, privacy },
}: Route.ComponentProps) {
  const left = attendance.total + drafts.total + (failedMails ?? 0)
  return (
    <OfficePage>
      <title>Aujourd’hui</title>
      <PageHead title="Aujourd’hui" detail={<Fr>{capitalize(formatDate(now, 'full'))}</Fr>} />
      {failedMails !== null && failedMails > 0 && (
        <Notice tone="bad" title={plural(failedMails, 'message n’est pas parti', 'messages ne sont pas partis')}>
          <p>
            <Link href="/bureau/envois?statut=failed">Voir pourquoi, et les renvoyer</Link>
          </p>
        </Notice>
      )}
      {privacy && <PrivacyNotice privacy={privacy} />}
      {year && <YearSoFar year={year} />}
      <div className="main-side space-top">
        <Section title="À venir" actions={<Link href="/bureau/activites">Toutes les activités</Link>}>
          {coming.length === 0 ? (
            <EmptyState title="Rien n’est encore prévu">
              <p>
                Les prochaines activités et leurs inscriptions se liront ici.{' '}
                <Link href="/bureau/activites/nouvelle">Noter une activité</Link>
              </p>
            </EmptyState>
          ) : (
            <ul className="lines">
              {coming.map((activity) => (
                <ComingLine key={activity.id} activity={activity} today={isoDay(now)} />
              ))}
            </ul>
          )}
        </Section>
        <div className="stack">
          <TodoSection
            title="Présences à cocher"
            list={attendance}
            href={(id) => `/bureau/activites/${id}/presence`}
            detail={(people) =>
              people > 0 ? plural(people, 'personne à cocher', 'personnes à cocher') : 'aucune présence relevée'
            }
          />
          <TodoSection
            title="Brouillons dont la date est passée"
            list={drafts}
            href={(id) => `/bureau/activites/${id}`}
            detail={() => 'à publier pour compter dans les chiffres'}
          />
          {left === 0 && (
            <Section title="À faire">
              <p className="soft">Tout est à jour : les présences sont cochées, aucun brouillon n’attend.</p>
            </Section>
          )}
        </div>
      </div>
    </OfficePage>
  )
}

/** For those who decide: people whose time has come, requests that an answer is due to. */
function PrivacyNotice({ privacy: { due, open, late } }: { privacy: NonNullable<Data['privacy']> }) {
  if (due + open === 0) return null
  return (
    <Notice tone={late > 0 ? 'warn' : 'info'} title="Données personnelles">
      {open > 0 && (
        <p>
          <Link href="/bureau/donnees-personnelles/demandes?etat=open">
            {plural(open, 'demande attend une réponse', 'demandes attendent une réponse')}
          </Link>
          {late > 0 && `, dont ${formatNumber(late)} en retard`}
        </p>
      )}
      {due > 0 && (
        <p>
          <Link href="/bureau/donnees-personnelles">
            {plural(due, 'fiche à purger ou à garder', 'fiches à purger ou à garder')}
          </Link>
        </p>
      )}
    </Notice>
  )
}

function ComingLine({ activity, today }: { activity: Coming; today: string }) {
  const { id, title, kind, startsAt, endsAt, place, mode, waiting } = activity
  const where = mode === 'distanciel' || !place ? modeLabels[mode as Mode] : place
  return (
    <li className="agenda-line">
      <DateBlock date={startsAt} />
      <div>
        <p className="small soft">
          {kind}
          {isoDay(startsAt) === today && ', aujourd’hui'}
        </p>
        <h3>
          <Link href={`/bureau/activites/${id}`}>{nb(title)}</Link>
        </h3>
        <p className="small soft">
          <Fr>{`${endsAt && isoDay(startsAt) === isoDay(endsAt) ? `${formatTimeRange(startsAt, endsAt)}, ` : ''}${where}`}</Fr>
        </p>
      </div>
      <p className="small">
        <Places activity={activity} />
        {waiting > 0 && (
          <>
            <br />
            <Link href={`/bureau/activites/${id}/inscriptions`}>
              <StateTag tone="warn">{formatNumber(waiting)} en liste d’attente</StateTag>
            </Link>
          </>
        )}
      </p>
    </li>
  )
}

/** « 34 inscriptions, 6 places restantes » */
function Places({
  activity: { id, onsite, remote, capacityOnsite, capacityRemote, registrationOpen, mode },
}: {
  activity: Coming
}) {
  const registered = onsite + remote
  const left = [
    mode !== 'distanciel' && capacityOnsite !== null
      ? `${formatNumber(Math.max(0, capacityOnsite - onsite))} sur place`
      : null,
    mode !== 'presentiel' && capacityRemote !== null
      ? `${formatNumber(Math.max(0, capacityRemote - remote))} à distance`
      : null,
  ].filter((text) => text !== null)
  if (registered === 0 && !registrationOpen) return <span className="soft">inscriptions fermées</span>
  return (
    <>
      <Link href={`/bureau/activites/${id}/inscriptions`}>{plural(registered, 'inscription')}</Link>
      {left.length > 0 && (
        <span className="soft">
          <br />
          <Fr>{`Places libres : ${left.join(', ')}`}</Fr>
        </span>
      )}
    </>
  )
}

interface TodoProps {
  title: string
  list: Todo
  href: (id: string) => string
  detail: (people: number) => string
}

function TodoSection({ title, list: { total, items }, href, detail }: TodoProps) {
  if (total === 0) return null
  return (
    <Section title={title}>
      <ul className="lines">
        {items.map(({ id, title: name, startsAt, people }) => (
          <li key={id}>
            <Link href={href(id)}>{nb(name)}</Link>
            <p className="small soft">
              <Fr>{`${formatDate(startsAt, 'short')}, ${detail(people)}`}</Fr>
            </p>
          </li>
        ))}
      </ul>
      {total > items.length && <p className="small soft">et {formatNumber(total - items.length)} de plus.</p>}
    </Section>
  )
}

/** The year so far, beside the year before at the same date. */
function YearSoFar({ year: { participation, activity } }: { year: NonNullable<Data['year']> }) {
  const { year, total, before, compared } = participation
  const asked = { year, until: null, filters: {} }
  const people = { ...asked, filters: { perimetre: ['participation'] } }
  const against = (now: number, then: number | undefined, known: typeof compared) => {
    const change = formatChange(now, then)
    if (!known || !change) return null
    return `${change === '=' ? 'autant que' : `${change} sur`} ${known.year} à la même date`
  }
  const remote = activity.lines.mode.find(({ key }) => key === 'distanciel')?.now.activities ?? 0
  return (
    <Section
      title={`${year}, jusqu’à aujourd’hui`}
      actions={<Link href={`/bureau/chiffres?annee=${year}`}>Tous les chiffres</Link>}
    >
      <KeyFigures
        label={`L’année ${year}`}
        items={[
          {
            label: 'présences cumulées',
            value: total.presences,
            href: figureHref('presences', people),
            detail: against(total.presences, before?.presences, compared),
          },
          {
            label: 'personnes différentes',
            value: total.people,
            href: figureHref('personnes', people),
            detail: against(total.people, before?.people, compared),
          },
          {
            label: 'activités',
            value: activity.total.activities,
            href: figureHref('activites', asked),
            detail:
              against(activity.total.activities, activity.before?.activities, activity.compared) ??
              (remote > 0 ? `dont ${formatNumber(remote)} à distance` : null),
          },
          {
            label: 'demi-journées',
            value: activity.total.halfDays,
            href: figureHref('demi-journees', asked),
            detail: against(activity.total.halfDays, activity.before?.halfDays, activity.compared),
          },
        ]}
      />
    </Section>
  )
}
