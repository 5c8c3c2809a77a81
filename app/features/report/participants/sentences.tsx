import { cellHref, figureHref } from '#app/features/activities/labels.ts'
import type { YearView } from '#app/features/activities/index.server.ts'
import { Figure } from '#app/ui/figure.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { capitalize, formatNumber, pluralWord } from '#app/ui/french.ts'
import type { ParticipantsChapter } from './chapter.server.ts'
import { busiestMonth, evolution, leaders, timesEach, unnamedOf } from './facts.ts'

const asked = (year: number, perimeter = 'participation') => ({
  year,
  until: null,
  filters: { perimetre: [perimeter] },
})

/** A number of the prose: it opens on its rows, and carries the mark of its definition. */
const Number = ({
  value,
  id,
  year,
  note,
  perimeter,
}: {
  value: number
  id: string
  year: number
  note?: number
  perimeter?: string
}) => (
  <>
    <Figure value={value} href={figureHref(id, asked(year, perimeter))} />
    {note && (
      <sup>
        <a href={`#note-${id}`} aria-label={`Définition, note ${note}`}>
          {note}
        </a>
      </sup>
    )}
  </>
)

/** Notes in the order of the chapter. */
const noteOf = ({ notes }: ParticipantsChapter, id: string) => notes.findIndex((note) => note.id === id) + 1

export function Opening({ chapter }: { chapter: ParticipantsChapter }) {
  const { year, view, halfDays, centre } = chapter
  const { activities, presences, people } = view.total
  const change = evolution(presences, view.before?.presences, view)
  const times = timesEach(view)
  return (
    <>
      <p>
        En {year}
        {view.underWay && ', à ce jour'}, {centre} a organisé ou co-organisé{' '}
        <Number value={activities} id="activites" year={year} note={noteOf(chapter, 'activites')} />{' '}
        {pluralWord(activities, 'action collective', 'actions collectives')}, soit{' '}
        <Number value={halfDays} id="demi-journees" year={year} note={noteOf(chapter, 'demi-journees')} />{' '}
        {pluralWord(halfDays, 'demi-journée')}. {activities < 2 ? 'Elle a réuni' : 'Elles ont réuni'}{' '}
        <Number value={presences} id="presences" year={year} note={noteOf(chapter, 'presences')} />{' '}
        {pluralWord(presences, 'présence cumulée', 'présences cumulées')}, de{' '}
        <Number value={people} id="personnes" year={year} note={noteOf(chapter, 'personnes')} />{' '}
        {pluralWord(people, 'personne différente', 'personnes différentes')}
        {times && (
          <>
            {' '}
            : chacune est venue <Fr>{times}</Fr> en moyenne
          </>
        )}
        .
      </p>
      {change && (
        <p>
          <Fr>{changeSentence(change, view)}</Fr>
        </p>
      )}
    </>
  )
}

function changeSentence(change: string, view: YearView): string {
  const people = evolution(view.total.people, view.before?.people, view)
  return `Pour les présences, c’est ${change}${people ? ` ; pour les personnes, ${people}` : ''}.`
}

export function Unnamed({ chapter }: { chapter: ParticipantsChapter }) {
  const { view, year } = chapter
  const { counted, estimated, people } = view.total
  const unnamed = unnamedOf(view)
  if (unnamed === 0) return null
  return (
    <p>
      À ces présences s’ajouteraient, si elles avaient pu être nommées,{' '}
      {counted > 0 && (
        <>
          <Number value={counted} id="non-identifiees" year={year} note={noteOf(chapter, 'non-identifiees')} />{' '}
          {pluralWord(counted, 'personne comptée', 'personnes comptées')} en séance
        </>
      )}
      {counted > 0 && estimated > 0 && ' et '}
      {estimated > 0 && (
        <>
          environ{' '}
          <Number
            value={estimated}
            id="non-identifiees-estimees"
            year={year}
            note={noteOf(chapter, 'non-identifiees-estimees')}
          />{' '}
          {pluralWord(estimated, 'autre, estimée', 'autres, estimées')}
        </>
      )}
      . Le nombre de personnes différentes se situe donc entre {formatNumber(people)} et{' '}
      {formatNumber(people + unnamed)}.
    </p>
  )
}

export function Profiles({ view }: { view: YearView }) {
  const named = leaders(view.lines.famille, 'presences')
  const same = leaders(view.lines.famille, 'people')
  if (!named) return null
  return (
    <p>
      <Fr>{`Par leurs présences, les premiers profils sont : ${named}. `}</Fr>
      {same && <Fr>{`Si l’on compte chaque personne une fois : ${same}.`}</Fr>}
    </p>
  )
}

export function Rhythm({ view, year }: { view: YearView; year: number }) {
  const month = busiestMonth(view)
  const { remote, presences } = view.total
  return (
    <p>
      {month && (
        <>
          {capitalize(month.label)} est le mois le plus suivi, avec{' '}
          <Figure value={month.now.presences} href={cellHref('presences', asked(year), { mois: month.key })} />{' '}
          présences.{' '}
        </>
      )}
      {remote > 0 ? (
        <>
          <Figure value={remote} href={cellHref('presences', asked(year), { presence: 'remote' })} />{' '}
          {pluralWord(remote, 'présence a eu lieu', 'présences ont eu lieu')} à distance, sur {formatNumber(presences)}.
        </>
      ) : (
        'Toutes les présences ont eu lieu sur place.'
      )}
    </p>
  )
}

export function Places({ view }: { view: YearView }) {
  const named = leaders(view.lines.origine, 'people')
  return named ? (
    <p>
      <Fr>{`Les participants viennent d’abord de ces départements : ${named}.`}</Fr>
    </p>
  ) : null
}

export function Appui({ chapter: { appui, year } }: { chapter: ParticipantsChapter }) {
  if (appui.activities === 0) return null
  return (
    <p>
      Les missions d’appui ne sont pas comptées ici :{' '}
      <Number value={appui.activities} id="activites" year={year} perimeter="appui" />{' '}
      {pluralWord(appui.activities, 'séance a', 'séances ont')} réuni{' '}
      <Number value={appui.presences} id="presences" year={year} perimeter="appui" />{' '}
      {pluralWord(appui.presences, 'présence', 'présences')} de{' '}
      <Number value={appui.people} id="personnes" year={year} perimeter="appui" />{' '}
      {pluralWord(appui.people, 'personne')} {pluralWord(appui.people, 'différente')}.
    </p>
  )
}
