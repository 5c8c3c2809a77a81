import { BarChart } from '#app/ui/charts/bar-chart.tsx'
import type { ChartRow } from '#app/ui/charts/chart.ts'
import { HBarTable } from '#app/ui/charts/hbar-table.tsx'
import { StackedBar } from '#app/ui/charts/stacked-bar.tsx'
import { Section } from '#app/ui/content.tsx'
import { Figure, type KeyFigure, KeyFigures } from '#app/ui/figure.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { formatChange, formatNumber, nb, plural, shortMonthNames } from '#app/ui/french.ts'
import { type Asked, cellHref, figureHref } from './hrefs.ts'
import type { AxisKey } from './axes.ts'
import type { Line, YearView } from './view.server.ts'

type Measure = 'presences' | 'activities' | 'halfDays'
const figureOf: Record<Measure, string> = { presences: 'presences', activities: 'activites', halfDays: 'demi-journees' }

/** « 2021 », « 2021 à la même date » */
export const comparedLabel = ({ compared }: YearView): string | undefined =>
  compared ? (compared.until ? `${compared.year} à la même date` : String(compared.year)) : undefined

const rowsOf = (lines: readonly Line[], axis: AxisKey, measure: Measure, asked: Asked): ChartRow[] =>
  lines
    .filter((line) => axis === 'mois' || line.now[measure] > 0 || (line.before?.[measure] ?? 0) > 0)
    .map((line) => ({
      label: line.label,
      short: axis === 'mois' ? shortMonthNames[Number(line.key) - 1] : undefined,
      value: line.now[measure],
      previous: line.before?.[measure],
      href: line.now[measure] > 0 ? cellHref(figureOf[measure], asked, { [axis]: line.key }) : undefined,
    }))

function change(now: number, before: number | undefined, view: YearView) {
  const text = formatChange(now, before)
  if (!text) return null
  return text === '=' ? `autant qu’en ${comparedLabel(view)}` : `${text} sur ${comparedLabel(view)}`
}

interface KeysProps {
  participation: YearView
  activity: YearView
  /** Where each of the two parts is bounded. */
  people: Asked
  all: Asked
}

/** The four numbers of the year. */
export function YearKeys({ participation, activity, people, all }: KeysProps) {
  const { total, before } = participation
  const unnamed = total.counted + total.estimated
  const corrected = activity.lines.calcul.find(({ key }) => key === 'corrige')?.now.activities ?? 0
  const items: KeyFigure[] = [
    {
      label: 'présences cumulées',
      value: total.presences,
      href: figureHref('presences', people),
      detail: change(total.presences, before?.presences, participation),
    },
    {
      label: 'personnes différentes',
      value: total.people,
      href: figureHref('personnes', people),
      detail:
        unnamed > 0
          ? `${formatNumber(total.people)} à ${formatNumber(total.people + unnamed)} avec les ${formatNumber(unnamed)} non identifiées`
          : change(total.people, before?.people, participation),
    },
    {
      label: 'activités',
      value: activity.total.activities,
      href: figureHref('activites', all),
      detail: change(activity.total.activities, activity.before?.activities, activity),
    },
    {
      label: 'demi-journées',
      value: activity.total.halfDays,
      href: figureHref('demi-journees', all),
      detail:
        corrected > 0
          ? nb(`${plural(corrected, 'activité corrigée', 'activités corrigées')} à la main`)
          : change(activity.total.halfDays, activity.before?.halfDays, activity),
    },
  ]
  return <KeyFigures label="L’année en quatre chiffres" items={items} />
}

interface PartProps {
  view: YearView
  asked: Asked
}

/** The year does not count apart the people who came outside any cycle: that cell stays open. */
const peopleOf = (line: Line | undefined, axis: AxisKey) =>
  !line || (axis === 'serie' && line.key === '-') ? null : line.now.people

/** Presences and people by one axis, side by side. */
export function WhoTable({
  view,
  asked,
  axis,
  title,
  head,
}: PartProps & { axis: AxisKey; title: string; head: string }) {
  const lines = view.lines[axis]
  const byLabel = new Map(lines.map((line) => [line.label, line]))
  return (
    <HBarTable
      title={title}
      unit="Présences"
      labelHead={head}
      rows={rowsOf(lines, axis, 'presences', asked)}
      previousPeriod={comparedLabel(view)}
      shares
      total={{ value: view.total.presences, href: figureHref('presences', asked) }}
      more={[
        {
          head: 'Personnes',
          value: (row) => peopleOf(byLabel.get(row.label), axis),
          href: (row) => {
            const line = byLabel.get(row.label)
            return line && line.now.people > 0 ? cellHref('personnes', asked, { [axis]: line.key }) : undefined
          },
          // one person may come in several months or series: those columns have no sum
          total: axis === 'serie' ? undefined : view.total.people,
        },
      ]}
    />
  )
}

export const MonthChart = ({ view, asked }: PartProps) => (
  <BarChart
    title="Présences par mois"
    unit="présences"
    hideTitle
    rows={rowsOf(view.lines.mois, 'mois', 'presences', asked)}
    period={String(view.year)}
    previousPeriod={comparedLabel(view)}
  />
)

/** People in each month: the same person may come in several. */
export const MonthPeople = ({ view, asked }: PartProps) => (
  <p className="small soft">
    Personnes différentes, mois par mois :{' '}
    {view.lines.mois
      .filter(({ now }) => now.people > 0)
      .map((line, i) => (
        <span key={line.key}>
          {i > 0 && ', '}
          {line.label}{' '}
          <Figure value={line.now.people} href={cellHref('personnes', asked, { mois: line.key })} of="personnes" />
        </span>
      ))}
    .<Fr> Une personne venue deux mois compte dans chacun.</Fr>
  </p>
)

export const PresenceBar = ({ view, asked }: PartProps) => (
  <StackedBar
    title="Sur place ou à distance"
    unit="présences"
    hideTitle
    rows={rowsOf(view.lines.presence, 'presence', 'presences', asked)}
  />
)

/** People who could not be named: beside the numbers, never in them. */
export function Unnamed({ view: { total }, asked }: PartProps) {
  if (total.counted + total.estimated === 0) return null
  return (
    <p className="note">
      À part :{' '}
      {total.counted > 0 && (
        <>
          <Figure value={total.counted} href={figureHref('non-identifiees', asked)} of="non identifiées, comptées" />{' '}
          présences non identifiées, comptées en séance
        </>
      )}
      {total.counted > 0 && total.estimated > 0 && ' ; '}
      {total.estimated > 0 && (
        <>
          <Figure value={total.estimated} href={figureHref('non-identifiees-estimees', asked)} of="estimées" /> estimées
        </>
      )}
      . Elles ne s’ajoutent ni aux présences ni aux personnes.
    </p>
  )
}

/** Activities and half-days by one axis. */
export function DoneTable({
  view,
  asked,
  axis,
  title,
  head,
}: PartProps & { axis: AxisKey; title: string; head: string }) {
  const lines = view.lines[axis]
  const byLabel = new Map(lines.map((line) => [line.label, line]))
  return (
    <Section title={title}>
      <HBarTable
        title={title}
        unit="Activités"
        labelHead={head}
        rows={rowsOf(lines, axis, 'activities', asked)}
        previousPeriod={comparedLabel(view)}
        total={{ value: view.total.activities, href: figureHref('activites', asked) }}
        more={[
          {
            head: 'Demi-journées',
            value: (row) => byLabel.get(row.label)?.now.halfDays ?? null,
            href: (row) => {
              const line = byLabel.get(row.label)
              return line && line.now.halfDays > 0 ? cellHref('demi-journees', asked, { [axis]: line.key }) : undefined
            },
            total: view.total.halfDays,
          },
        ]}
      />
    </Section>
  )
}
