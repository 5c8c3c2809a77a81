import { notFound } from '#app/platform/web.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { capitalize, dateParts, formatDate, formatTime, isoDay, nb } from '#app/ui/french.ts'
import { Link } from '#app/ui/link.tsx'
import { type CalendarEntry, sessionsBetween } from '../agenda.server.ts'
import stylesheet from '../agenda.css?url'
import { AgendaHead, Subscribe } from '../agenda-head.tsx'
import { addMonths, daysOfGrid, monthOf, weekdays } from '../month-grid.ts'
import { themeHue } from '../theme-hue.ts'
import { whereWords } from '../words.ts'
import type { Route } from './+types/agenda-month'

export const links = () => [{ rel: 'stylesheet', href: stylesheet }]

export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = context.get(requestContext)
  const month = monthOf(params.month)
  if (!month) throw notFound('Ce mois n’existe pas\u202f: son adresse s’écrit par exemple /agenda/mois/2026-11.')
  const next = addMonths(month, 1)
  const entries = await sessionsBetween(ctx, `${month}-01`, `${next}-01`)
  return { month, next, previous: addMonths(month, -1), entries, today: isoDay(ctx.now()) }
}

export default function AgendaMonth({ loaderData }: Route.ComponentProps) {
  const { month, next, previous, entries, today } = loaderData
  const title = capitalize(formatDate(`${month}-01`, 'month-year'))
  return (
    <div className="wrap agenda-page">
      <title>{`Agenda, ${title.toLowerCase()}`}</title>
      <AgendaHead title={title} today={today} path={`/agenda/mois/${month}`} />
      <nav className="month-turn" aria-label="Changer de mois">
        <MonthLink month={previous} rel="prev" before="‹ " />
        <MonthLink month={next} rel="next" after=" ›" />
      </nav>
      {entries.length === 0 && <p className="soft space-top">Rien n’est prévu ce mois-là.</p>}
      <Grid {...{ month, entries, today }} />
      <Subscribe />
    </div>
  )
}

const MonthLink = ({ month, rel, before, after }: { month: string; rel: string; before?: string; after?: string }) => (
  <Link href={`/agenda/mois/${month}`} rel={rel}>
    {before}
    {capitalize(formatDate(`${month}-01`, 'month-year'))}
    {after}
  </Link>
)

function Grid({ month, entries, today }: { month: string; entries: readonly CalendarEntry[]; today: string }) {
  return (
    <>
      <ol className="month-names" aria-hidden="true">
        {weekdays.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ol>
      <ol className="month">
        {daysOfGrid(month).map((day) => {
          const outside = !day.startsWith(month)
          const ofDay = outside ? [] : entries.filter(({ firstDay, lastDay }) => firstDay <= day && lastDay >= day)
          const names = [outside && 'outside', day === today && 'today', ofDay.length === 0 && 'empty-day']
          return (
            <li key={day} className={names.filter(Boolean).join(' ') || undefined}>
              {!outside && <DayName day={day} />}
              {ofDay.map((entry) => (
                <Entry key={`${entry.slug}${entry.startsAt.toISOString()}`} entry={entry} day={day} />
              ))}
            </li>
          )
        })}
      </ol>
    </>
  )
}

const DayName = ({ day }: { day: string }) => (
  <time className="month-day" dateTime={day}>
    <span className="month-day-short" aria-hidden="true">
      {dateParts(day).day}
    </span>
    <span className="month-day-long" aria-hidden="true">
      <b>{dateParts(day).day}</b>
      {weekdays[(dateParts(day).weekday + 6) % 7]}
    </span>
    <span className="sr">{formatDate(day, 'full')}</span>
  </time>
)

function Entry({ entry, day }: { entry: CalendarEntry; day: string }) {
  const hue = themeHue(entry.themeId)
  const begins = entry.firstDay === day
  return (
    <Link
      className={entry.status === 'cancelled' ? 'month-entry off' : 'month-entry'}
      href={`/agenda/${entry.slug}`}
      style={
        hue === null
          ? undefined
          : ({ '--entry': `light-dark(oklch(55% .14 ${hue}), oklch(72% .12 ${hue}))` } as Record<string, string>)
      }
    >
      <b>{nb(entry.title)}</b>
      <span className="soft">
        {entry.status === 'cancelled' ? 'Annulée' : begins ? formatTime(entry.startsAt) : 'Suite'} ·{' '}
        {whereWords(entry.mode, entry.place)}
      </span>
    </Link>
  )
}
