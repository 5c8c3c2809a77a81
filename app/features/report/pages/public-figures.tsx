import { requestContext } from '#app/platform/request-context.server.ts'
import { notFound } from '#app/platform/web.server.ts'
import { Section } from '#app/ui/content.tsx'
import { KeyFigures } from '#app/ui/figure.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { formatNumber } from '#app/ui/french.ts'
import { Link } from '#app/ui/link.tsx'
import { definitions } from '../participants/chapter.server.ts'
import { evolution, leaders, unnamedOf } from '../participants/facts.ts'
import { inPublic, MonthChart, WhoTable } from '../participants/year-tables.tsx'
import { publicChapter } from '../public-year.server.ts'
import { yearParam } from '../year-param.server.ts'
import type { Route } from './+types/public-figures'

export async function loader({ context, params }: Route.LoaderArgs) {
  const { db, now } = context.get(requestContext)
  const year = yearParam(params.annee)
  const chapter = await publicChapter(db, now(), year)
  if (!chapter) throw notFound(`Les chiffres de ${year} ne sont pas publiés.`)
  return {
    ...chapter,
    notes: definitions(['presences', 'personnes', 'activites', 'non-identifiees', 'non-identifiees-estimees']),
  }
}

/** The year for everybody: numbers and what they mean, nobody's name. */
export default function PublicFigures({ loaderData: { view, years, notes } }: Route.ComponentProps) {
  const { year, total, before } = view
  const unnamed = unnamedOf(view)
  const named = leaders(view.lines.famille, 'people')
  return (
    <div className="wrap space stack">
      <title>{`Chiffres de ${year}`}</title>
      <header className="stack tight">
        <h1>{year} en chiffres</h1>
        <p className="lead">
          <Fr>
            {`Qui participe aux séminaires, webinaires, formations et rencontres de réseau que nous organisons. ${named ? `Les premiers profils : ${named}.` : ''}`}
          </Fr>
        </p>
      </header>
      <KeyFigures
        label={`${year} en trois chiffres`}
        items={[
          {
            label: 'présences',
            value: total.presences,
            href: inPublic.total('presences'),
            detail: evolution(total.presences, before?.presences, view),
          },
          {
            label: 'personnes différentes',
            value: total.people,
            href: inPublic.total('personnes'),
            detail:
              unnamed > 0
                ? `jusqu’à ${formatNumber(total.people + unnamed)} avec celles qui n’ont pas été nommées`
                : evolution(total.people, before?.people, view),
          },
          {
            label: 'actions collectives',
            value: total.activities,
            href: inPublic.total('activites'),
            detail: evolution(total.activities, before?.activities, view),
          },
        ]}
      />
      {total.presences > 0 && (
        <>
          <Section title="Qui vient">
            <WhoTable
              view={view}
              opening={inPublic}
              axis="famille"
              title={`Présences et personnes par profil en ${year}`}
              head="Profil"
            />
          </Section>
          <Section title="Au fil de l’année">
            <MonthChart view={view} opening={inPublic} />
          </Section>
          <Section title="D’où l’on vient">
            <WhoTable
              view={view}
              opening={inPublic}
              axis="origine"
              title={`Présences et personnes par département en ${year}`}
              head="Département"
            />
          </Section>
        </>
      )}
      <Section title="Ce que comptent ces chiffres">
        <dl className="facts">
          {notes.map(({ id, label, definition }) => (
            <div key={id} id={`note-${id}`}>
              <dt>{label}</dt>
              <dd>
                <Fr>{definition}</Fr>
              </dd>
            </div>
          ))}
        </dl>
      </Section>
      {years.length > 1 && (
        <nav className="row" aria-label="Autres années">
          {years.map((one) => (
            <Link key={one} href={`/chiffres/${one}`} aria-current={one === year ? 'page' : undefined}>
              {one}
            </Link>
          ))}
        </nav>
      )}
    </div>
  )
}
