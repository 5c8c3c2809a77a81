import { DateBlock, StateTag } from '#app/ui/content.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { capitalize, formatDate, nb } from '#app/ui/french.ts'
import { Link } from '#app/ui/link.tsx'
import type { AgendaLine } from './agenda.server.ts'
import { hintWords, whatWords, whereWords } from './words.ts'

/** Lines of the agenda, without their months: the home page, a short list. */
export const AgendaLines = ({ lines, level = 'h3' }: { lines: readonly AgendaLine[]; level?: 'h2' | 'h3' }) => (
  <ul className="lines">
    {lines.map((line) => (
      <li key={line.id}>
        <Line line={line} level={level} />
      </li>
    ))}
  </ul>
)

function Line({ line, level: Title }: { line: AgendaLine; level: 'h2' | 'h3' }) {
  const hint = hintWords(line.registration)
  return (
    <Link className="agenda-line" href={`/agenda/${line.slug}`}>
      <DateBlock date={line.shownDay} />
      <div>
        <Title className="h3">{nb(line.title)}</Title>
        <span className="soft">
          <Fr>{whatWords(line)}</Fr>
        </span>
      </div>
      <span className="small agenda-where">
        <span>{whereWords(line.mode, line.place)}</span>
        {hint && <StateTag tone={hint.tone}>{hint.words}</StateTag>}
      </span>
    </Link>
  )
}

/** The same, month after month. */
export const AgendaByMonth = ({ lines }: { lines: readonly AgendaLine[] }) => (
  <div className="stack agenda-months">
    {monthsOf(lines).map(([month, ofMonth]) => (
      <section key={month} aria-labelledby={`mois-${month}`}>
        <h2 className="agenda-month" id={`mois-${month}`}>
          {capitalize(formatDate(`${month}-01`, 'month-year'))}
        </h2>
        <AgendaLines lines={ofMonth} />
      </section>
    ))}
  </div>
)

function monthsOf(lines: readonly AgendaLine[]): [string, AgendaLine[]][] {
  const months = new Map<string, AgendaLine[]>()
  for (const line of lines) {
    const month = line.shownDay.slice(0, 7)
    months.set(month, [...(months.get(month) ?? []), line])
  }
  return [...months]
}
