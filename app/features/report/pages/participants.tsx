import type { Definition, ParticipantsChapter } from '../participants/chapter.server.ts'
import { requestContext } from '#app/platform/request-context.server.ts'
import { notFound } from '#app/platform/web.server.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { PageHead, Section } from '#app/ui/content.tsx'
import { EmptyState } from '#app/ui/feedback.tsx'
import { KeyFigures } from '#app/ui/figure.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { formatNumber } from '#app/ui/french.ts'
import { Link } from '#app/ui/link.tsx'
import { OfficePage } from '#app/ui/office-shell.tsx'
import { participantsChapter } from '../participants/chapter.server.ts'
import { evolution, unnamedOf } from '../participants/facts.ts'
import { Appui, Opening, Places, Profiles, Rhythm, Unnamed } from '../participants/sentences.tsx'
import { inOffice, MonthChart, WhoTable } from '../participants/year-tables.tsx'
import { yearParam } from '../year-param.server.ts'
import type { Route } from './+types/participants'

export async function loader({ context, params }: Route.LoaderArgs) {
  const chapter = await participantsChapter(context.get(requestContext), yearParam(params.annee))
  if (!chapter.ok) throw notFound()
  return chapter.value
}

/** Chapter « Participants » of the annual report: written, drawn and noted from the rows of the year. */
export default function Participants({ loaderData: chapter }: Route.ComponentProps) {
  const { year, view, address } = chapter
  return (
    <OfficePage>
      <title>{`Les participants et leur profil, ${year}`}</title>
      <PageHead
        title="Les participants et leur profil"
        breadcrumb={[{ label: 'Rapport', href: '/bureau/rapport' }, { label: String(year) }]}
        detail={<Fr>{`Rapport d’activité ${year}${view.underWay ? ', année en cours' : ''}`}</Fr>}
        actions={<LinkButton href={`/bureau/chiffres?annee=${year}`}>Tous les chiffres de {year}</LinkButton>}
      />
      {view.total.presences === 0 ? <Blank chapter={chapter} /> : <Chapter chapter={chapter} />}
      <p className="print-only small soft">Adresse de ce chapitre : {address}</p>
    </OfficePage>
  )
}

const Blank = ({ chapter: { year, blank, view } }: { chapter: ParticipantsChapter }) => (
  <EmptyState title={blank ? `Aucune activité n’a été notée en ${year}` : `Aucune présence confirmée en ${year}`}>
    <p>
      <Fr>
        {blank
          ? 'Le chapitre s’écrira de lui-même dès que des activités de cette année seront publiées et leurs présences cochées.'
          : `${formatNumber(view.total.activities)} actions collectives sont connues, mais aucune présence n’y est cochée : le chapitre s’écrira dès qu’elles le seront.`}
      </Fr>
    </p>
    <p>
      <Link href="/bureau/rapport">Choisir une autre année</Link>
    </p>
  </EmptyState>
)

function Chapter({ chapter }: { chapter: ParticipantsChapter }) {
  const { year, view } = chapter
  const opening = inOffice(year)
  const hasSeries = view.lines.serie.some(({ key, now }) => key !== '-' && now.presences > 0)
  return (
    <>
      <Keys chapter={chapter} />
      <div className="prose">
        <Opening chapter={chapter} />
        <Unnamed chapter={chapter} />
        <Appui chapter={chapter} />
      </div>
      <Section title="Qui sont les participants ?">
        <div className="prose">
          <Profiles view={view} />
        </div>
        <WhoTable
          view={view}
          opening={opening}
          axis="famille"
          title={`Présences et personnes par profil en ${year}`}
          head="Profil"
        />
      </Section>
      <Section title="Quand sont-ils venus ?">
        <div className="prose">
          <Rhythm view={view} year={year} />
        </div>
        <MonthChart view={view} opening={opening} />
      </Section>
      <Section title="D’où viennent-ils ?">
        <div className="prose">
          <Places view={view} />
        </div>
        <WhoTable
          view={view}
          opening={opening}
          axis="origine"
          title={`Présences et personnes par département en ${year}`}
          head="Département"
        />
      </Section>
      {hasSeries && (
        <Section title="Par cycle">
          <WhoTable
            view={view}
            opening={opening}
            axis="serie"
            title={`Présences et personnes par cycle en ${year}`}
            head="Cycle"
          />
        </Section>
      )}
      <Section title="Profils en détail">
        <WhoTable
          view={view}
          opening={opening}
          axis="profil"
          title={`Présences et personnes par profil détaillé en ${year}`}
          head="Profil"
        />
      </Section>
      <Notes notes={chapter.notes} />
    </>
  )
}

function Keys({ chapter: { year, view, halfDays } }: { chapter: ParticipantsChapter }) {
  const opening = inOffice(year)
  const { presences, people, activities } = view.total
  const unnamed = unnamedOf(view)
  return (
    <KeyFigures
      label={`${year} en quatre chiffres`}
      items={[
        {
          label: 'présences cumulées',
          value: presences,
          href: opening.total('presences'),
          detail: evolution(presences, view.before?.presences, view),
        },
        {
          label: 'personnes différentes',
          value: people,
          href: opening.total('personnes'),
          detail:
            unnamed > 0
              ? `${formatNumber(people)} à ${formatNumber(people + unnamed)} avec les non identifiées`
              : evolution(people, view.before?.people, view),
        },
        { label: 'actions collectives', value: activities, href: opening.total('activites') },
        { label: 'demi-journées', value: halfDays, href: opening.total('demi-journees') },
      ]}
    />
  )
}

const Notes = ({ notes }: { notes: readonly Definition[] }) => (
  <Section title="Ce que comptent ces chiffres">
    <div className="prose small soft">
      <ol>
        {notes.map(({ id, label, definition }) => (
          <li key={id} id={`note-${id}`}>
            <strong>{label}</strong>
            <Fr>{` : ${definition}`}</Fr>
          </li>
        ))}
      </ol>
    </div>
  </Section>
)
