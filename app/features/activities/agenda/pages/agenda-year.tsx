import { notFound } from '#app/platform/web.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { capitalize, isoDay, monthNames, nb } from '#app/ui/french.ts'
import { Link } from '#app/ui/link.tsx'
import { agendaYears, type CalendarEntry, sessionsBetween } from '../agenda.server.ts'
import stylesheet from '../agenda.css?url'
import { AgendaHead, Subscribe } from '../agenda-head.tsx'
import { yearOf } from '../month-grid.ts'
import type { Route } from './+types/agenda-year'

export const links = () => [{ rel: 'stylesheet', href: stylesheet }]

export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const year = yearOf(params.year)
  if (!year) throw notFound('Cette année n’existe pas\u202f: son adresse s’écrit par exemple /agenda/annee/2026.')
  const [entries, years] = await Promise.all([
    sessionsBetween(ctx, `${year}-01-01`, `${year + 1}-01-01`),
    agendaYears(ctx),
  ])
  return { year, months: byMonth(entries, year), years, today: isoDay(ctx.now()) }
}

/** One line an activity and a month, at its first day there. */
function byMonth(entries: readonly CalendarEntry[], year: number) {
  return monthNames.map((name, i) => {
    const month = `${year}-${String(i + 1).padStart(2, '0')}`
    const seen = new Map<string, CalendarEntry>()
    for (const entry of entries) {
      if (entry.firstDay.startsWith(month) && !seen.has(entry.slug)) seen.set(entry.slug, entry)
    }
    return { month, name, entries: [...seen.values()] }
  })
}

export default function AgendaYear({ loaderData: { year, months, years, today } }: Route.ComponentProps) {
  const shown = months.filter(({ entries }) => entries.length > 0)
  return (
    <div className="wrap agenda-page">
      <title>{`Agenda ${year}`}</title>
      <AgendaHead title={`L’année ${year}`} today={today} path={`/agenda/annee/${year}`} />
      <nav className="month-turn" aria-label="Changer d’année">
        {years && years.first < year ? <YearLink year={year - 1} rel="prev" label={`‹ ${year - 1}`} /> : <span />}
        {years && years.last > year ? <YearLink year={year + 1} rel="next" label={`${year + 1} ›`} /> : <span />}
      </nav>
      {shown.length === 0 && <p className="soft">Rien dans l’agenda pour cette année.</p>}
      <div className="year">
        {shown.map(({ month, name, entries }) => (
          <section key={month} aria-labelledby={`mois-${month}`}>
            <h2 id={`mois-${month}`}>
              <Link href={`/agenda/mois/${month}`}>{capitalize(name)}</Link>
            </h2>
            <ul>
              {entries.map((entry) => (
                <li key={entry.slug}>
                  <span className="n">{Number(entry.firstDay.slice(8))}</span>
                  <span>
                    <Link href={`/agenda/${entry.slug}`}>{nb(entry.title)}</Link>{' '}
                    <span className="small soft">
                      {entry.kind}
                      {entry.status === 'cancelled' && ' · annulée'}
                    </span>
                  </span>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      <Subscribe />
    </div>
  )
}

const YearLink = ({ year, rel, label }: { year: number; rel: string; label: string }) => (
  <Link href={`/agenda/annee/${year}`} rel={rel}>
    {label}
  </Link>
)
