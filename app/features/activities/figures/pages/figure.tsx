import { requestContext } from '#app/platform/request-context.server.ts'
import { PageHead } from '#app/ui/content.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { EmptyState } from '#app/ui/feedback.tsx'
import { DefinitionNote, Figure } from '#app/ui/figure.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { capitalize, formatNumber, formatPercent, pluralWord } from '#app/ui/french.ts'
import { Link } from '#app/ui/link.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { periodOf } from '../address.ts'
import { EVERYTHING, figureHref, figureQuery } from '../hrefs.ts'
import { figureAnswer } from '../answers.server.ts'
import { perimeterSentences, type PerimeterKey } from '../axes.ts'
import { type OpenedFigure, openFigure } from '../figure-page.server.ts'
import { periodLabel } from '../period.ts'
import { rowColumns } from '../row-columns.tsx'
import { filterSentence } from '../words.ts'
import type { Route } from './+types/figure'

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const opened = await openFigure(context.get(requestContext), params.figure, url.searchParams)
  if (!opened.ok) throw figureAnswer(opened.error)
  return opened.value
}

/** « D’où vient ce chiffre ? »: its definition, its perimeter, and every row it is made of. */
export default function FigurePage({ loaderData: figure }: Route.ComponentProps) {
  const { asked, rows, state, total, words, unit, label } = figure
  const period = periodLabel(periodOf(asked))
  return (
    <OfficePage>
      <title>{`${label}, ${period}`}</title>
      <PageHead
        title={headline(figure)}
        breadcrumb={[{ label: 'Chiffres', href: `/bureau/chiffres?annee=${asked.year}` }, { label }]}
        detail={
          <Fr>{`D’où vient ce chiffre ? ${label}, ${period}${asked.until ? '' : ', du 1er janvier au 31 décembre'}.`}</Fr>
        }
      />
      <div className="stack">
        <Parts figure={figure} />
        <Meaning figure={figure} />
        <DataTable
          caption={`${label}, ligne par ligne`}
          columns={rowColumns(figure.rowKind, words, capitalize(unit.many))}
          rows={rows}
          rowKey={(row) => row.id}
          state={state}
          total={total}
          noun={{ one: 'ligne' }}
          exportHref={figure.mayExport ? `/bureau/chiffres/${figure.id}/export` : undefined}
          noMatch={<Empty year={asked.year} />}
          empty={<Empty year={asked.year} />}
        />
      </div>
    </OfficePage>
  )
}

const Empty = ({ year }: { year: number }) => (
  <EmptyState title="Aucune ligne derrière ce chiffre">
    <p>
      <Fr>{`Rien n’a été relevé en ${year} dans ce périmètre : les activités tenues et les présences confirmées se liront ici.`}</Fr>
    </p>
  </EmptyState>
)

function headline({ value, kind, unit, label }: OpenedFigure): string {
  if (kind === 'ratio') return `${formatPercent(value.value)} : ${label.toLowerCase()}`
  const noun = label.toLowerCase()
  return value.value < 2
    ? `${formatNumber(value.value)} ${pluralWord(value.value, unit.one, unit.many)}`
    : `${formatNumber(value.value)} ${noun.startsWith(unit.many) ? noun : unit.many}`
}

/** What a ratio is made of; the range of a count of people. */
function Parts({ figure }: { figure: OpenedFigure }) {
  const { value, asked, range } = figure
  if (value.parts && figure.id === 'assiduite-cycles')
    return (
      <p className="lead">
        <Fr>{`${formatNumber(value.parts.numerator)} présences sur ${formatNumber(value.parts.denominator)} possibles.`}</Fr>
      </p>
    )
  if (value.parts) {
    const remote = { ...asked, filters: { ...asked.filters, presence: ['remote'] } }
    return (
      <p className="lead">
        <Figure value={value.parts.numerator} href={figureHref('presences', remote)} of="présences à distance" />{' '}
        présences à distance sur{' '}
        <Figure value={value.parts.denominator} href={figureHref('presences', asked)} of="présences" /> présences.
      </p>
    )
  }
  if (!range || range.counted + range.estimated === 0) return null
  return (
    <p className="lead">
      Entre {formatNumber(value.value)} et {formatNumber(value.value + range.counted + range.estimated)} personnes, avec{' '}
      <Figure value={range.counted} href={figureHref('non-identifiees', asked)} of="non identifiées, comptées" /> non
      identifiées comptées et{' '}
      <Figure value={range.estimated} href={figureHref('non-identifiees-estimees', asked)} of="estimées" /> estimées.
    </p>
  )
}

function Meaning({ figure: { definition, kind, asked, words } }: { figure: OpenedFigure }) {
  const perimeter = asked.filters.perimetre ?? [EVERYTHING]
  const filters = filterSentence(words, asked.filters)
  return (
    <DefinitionNote>
      <Fr>{definition}</Fr> {kind === 'estimate' && <strong>C’est une estimation. </strong>}
      <Fr>{`Périmètre : ${perimeter.map((key) => perimeterSentences[key as PerimeterKey]).join(' ; ')}.`}</Fr>
      {filters && (
        <>
          {' '}
          <strong>
            <Fr>{`${filters}.`}</Fr>
          </strong>{' '}
          <Link
            className="screen-only"
            href={figureQuery({ ...asked, filters: { perimetre: asked.filters.perimetre ?? [] } })}
          >
            Lever ces filtres
          </Link>
        </>
      )}
    </DefinitionNote>
  )
}
