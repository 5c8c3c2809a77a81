import { epochOf, orderOf, readMoment } from './clock.ts'
import { emailOf } from './address.ts'
import type { Join, NamedConnection } from './list.ts'
import { plain } from './plain.ts'
import { tidy } from './said-name.ts'
import { cellOf, type Table } from './tables.ts'
import { eventOf, isHostRole } from './tools.ts'

interface Event {
  name: string
  email: string | null
  host: boolean
  what: 'joined' | 'left'
  at: number
}

/** A journal that writes one line when somebody comes and another when they leave (Jitsi, older Teams lists, live events). */
export function readEvents(table: Table, { day }: { day: string | null }): NamedConnection[] {
  const events = eventsOf(table, day).sort((one, other) => one.at - other.at)
  const last = events.at(-1)?.at ?? 0
  const groups = Map.groupBy(events, ({ name, email }) => email ?? plain(name))
  return [...groups.values()].map((group) => {
    const [{ name, email }] = group as [Event]
    const role = group.some(({ host }) => host) ? ('host' as const) : ('participant' as const)
    return { name, email, role, organisation: null, joins: joinsOf(group, last), saidSeconds: null }
  })
}

function eventsOf(table: Table, day: string | null): Event[] {
  const { columns, headers } = table
  const moments = table.rows.map((cells) => readMoment(cellOf(cells, columns.at)))
  const order = orderOf(moments, day)
  const utc = /utc|gmt/i.test(headers[columns.at ?? 0] ?? '')
  return table.rows.flatMap((cells, index) => {
    const what = eventOf(cellOf(cells, columns.event))
    const moment = moments[index]
    const at = moment && epochOf(utc ? { ...moment, offset: moment.offset ?? 0 } : moment, order, day)
    const email = emailOf(cellOf(cells, columns.email))
    const said =
      columns.name !== undefined
        ? cellOf(cells, columns.name)
        : `${cellOf(cells, columns.given)} ${cellOf(cells, columns.family)}`
    const name = tidy(said).slice(0, 200) || email
    return what && at && name ? [{ name, email, host: isHostRole(cellOf(cells, columns.role)), what, at }] : []
  })
}

/** A coming without its leaving lasts until the end of the file; a leaving without its coming is nothing. */
function joinsOf(events: readonly Event[], last: number): Join[] {
  const joins: Join[] = []
  let since: number | null = null
  for (const { what, at } of events) {
    if (what === 'joined') since ??= at
    else if (since !== null) {
      joins.push([since, at])
      since = null
    }
  }
  return since === null ? joins : [...joins, [since, last]]
}
