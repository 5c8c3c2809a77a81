import { cellHref, figureHref } from '#app/features/activities/labels.ts'
import type { Line, YearView } from '#app/features/activities/index.server.ts'
import { BarChart } from '#app/ui/charts/bar-chart.tsx'
import type { ChartRow } from '#app/ui/charts/chart.ts'
import { HBarTable } from '#app/ui/charts/hbar-table.tsx'
import { shortMonthNames } from '#app/ui/french.ts'
import { comparedLabel } from './facts.ts'

type Axis = keyof YearView['lines']

/** Where the rows of a number are; nowhere on the public site. */
export interface Opening {
  total: (figure: string) => string | undefined
  cell: (figure: string, axis: Axis, key: string) => string | undefined
}

export const inOffice = (year: number): Opening => {
  const asked = { year, until: null, filters: { perimetre: ['participation'] } }
  return {
    total: (figure) => figureHref(figure, asked),
    cell: (figure, axis, key) => cellHref(figure, asked, { [axis]: key }),
  }
}

/** On the public site a number leads to its definition. */
export const inPublic: Opening = { total: (figure) => `#note-${figure}`, cell: () => undefined }

const rowsOf = (lines: readonly Line[], axis: Axis, opening: Opening): ChartRow[] =>
  lines
    .filter(({ now, before }) => axis === 'mois' || now.presences > 0 || (before?.presences ?? 0) > 0)
    .map(({ key, label, now, before }) => ({
      label,
      short: axis === 'mois' ? shortMonthNames[Number(key) - 1] : undefined,
      value: now.presences,
      previous: before?.presences,
      href: now.presences > 0 ? opening.cell('presences', axis, key) : undefined,
    }))

interface TableProps {
  view: YearView
  opening: Opening
}

/** The year does not count apart the people who came outside any cycle: that cell stays open. */
const peopleOf = (line: Line | undefined, axis: Axis) =>
  !line || (axis === 'serie' && line.key === '-') ? null : line.now.people

/** Presences and people by one axis, with the year before. */
export function WhoTable({
  view,
  opening,
  axis,
  title,
  head,
}: TableProps & { axis: Axis; title: string; head: string }) {
  const lines = view.lines[axis]
  const byLabel = new Map(lines.map((line) => [line.label, line]))
  return (
    <HBarTable
      title={title}
      unit="Présences"
      labelHead={head}
      rows={rowsOf(lines, axis, opening)}
      previousPeriod={comparedLabel(view)}
      shares
      total={{ value: view.total.presences, href: opening.total('presences') }}
      more={[
        {
          head: 'Personnes',
          value: (row) => peopleOf(byLabel.get(row.label), axis),
          href: (row) => {
            const line = byLabel.get(row.label)
            return line && line.now.people > 0 ? opening.cell('personnes', axis, line.key) : undefined
          },
          // somebody may come in several series: that column has no sum
          total: axis === 'serie' ? undefined : view.total.people,
        },
      ]}
    />
  )
}

export const MonthChart = ({ view, opening }: TableProps) => (
  <BarChart
    title={`Présences par mois en ${view.year}`}
    unit="présences"
    rows={rowsOf(view.lines.mois, 'mois', opening)}
    period={String(view.year)}
    previousPeriod={comparedLabel(view)}
  />
)
