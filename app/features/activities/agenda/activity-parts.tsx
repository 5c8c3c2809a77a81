import type { ReactNode } from 'react'
import { LinkButton } from '#app/ui/button.tsx'
import { DescriptionList, Section, StateTag } from '#app/ui/content.tsx'
import { Notice } from '#app/ui/feedback.tsx'
import { Fr, Moment } from '#app/ui/fr.tsx'
import { capitalize, formatDateTimeRange, formatTime, joinList, nb, plural } from '#app/ui/french.ts'
import { Link } from '#app/ui/link.tsx'
import { attendanceModeLabels, type AttendanceMode } from '../labels.ts'
import { hasRoom, placesLeft, type Standing } from '../registration/state.ts'
import type { ProgrammeItem, PublicActivity, PublicDocument, SeriesLink, Speaker } from './activity.server.ts'
import { Prose } from './prose.tsx'
import { whereWords } from './words.ts'

export function WhenAndWhere({ activity }: { activity: PublicActivity }) {
  const { facts, partners, series, theme, themes, territories } = activity
  return (
    <DescriptionList
      items={[
        { label: facts.sessions.length > 1 ? 'Dates' : 'Date', value: <Sessions sessions={facts.sessions} /> },
        { label: 'Lieu', value: <Place facts={facts} /> },
        { label: 'Organisé avec', value: partners.length > 0 && <Partners partners={partners} /> },
        { label: 'Cycle', value: series && <SeriesName series={series} /> },
        { label: 'Thèmes', value: joinList([...(theme ? [theme.label] : []), ...themes]) },
        { label: 'Territoires', value: joinList(territories) },
      ]}
    />
  )
}

const SeriesName = ({ series: { title, slug } }: { series: SeriesLink }) =>
  slug ? <Link href={`/agenda/cycle/${slug}`}>{title}</Link> : title

function Sessions({ sessions }: { sessions: PublicActivity['facts']['sessions'] }) {
  if (sessions.length === 0) return 'Date à préciser'
  return (
    <ul className="stack tight">
      {sessions.map((session) => (
        <li key={session.id}>
          <time dateTime={session.startsAt.toISOString()}>
            <Fr>{capitalize(formatDateTimeRange(session.startsAt, session.endsAt))}</Fr>
          </time>
          {(session.title || session.place) && (
            <span className="small soft"> {[session.title, session.place].filter(Boolean).join(' · ')}</span>
          )}
        </li>
      ))}
    </ul>
  )
}

const Place = ({ facts }: { facts: PublicActivity['facts'] }) => (
  <>
    {whereWords(facts.mode, facts.place)}
    {facts.mode !== 'distanciel' && facts.address && (
      <>
        <br />
        <span className="soft">{facts.address}</span>
      </>
    )}
  </>
)

const Partners = ({ partners }: Pick<PublicActivity, 'partners'>) => (
  <ul>
    {partners.map(({ name, part }) => (
      <li key={name}>
        {name}
        {part && <span className="small soft"> ({part})</span>}
      </li>
    ))}
  </ul>
)

const closedWords = {
  'not-open': null,
  closed: 'Les inscriptions sont closes.',
  over: 'Cette activité a eu lieu.',
  cancelled: null,
} as const

/** Places left, or why one cannot register. */
export function RegistrationBox({ activity }: { activity: PublicActivity }) {
  const { state, places, closesAt } = activity.registration
  const href = `/agenda/${activity.facts.slug}/inscription`
  if (state !== 'open') return closedWords[state] ? <p className="soft">{closedWords[state]}</p> : null
  const all = Object.entries(places) as [AttendanceMode, Standing][]
  const room = all.some(([, standing]) => hasRoom(standing))
  return (
    <div className="places">
      {all.map(([mode, standing]) => (
        <p key={mode}>
          {all.length > 1 && `${attendanceModeLabels[mode]} : `}
          <PlacesLeft standing={standing} waitingList={activity.facts.waitingList} />
        </p>
      ))}
      {(room || activity.facts.waitingList) && (
        <p>
          <LinkButton href={href}>{room ? 'S’inscrire' : 'S’inscrire sur la liste d’attente'}</LinkButton>
        </p>
      )}
      {closesAt && (
        <p className="small soft">
          Inscription jusqu’au <Moment date={closesAt} />
        </p>
      )}
    </div>
  )
}

export function PlacesLeft({ standing, waitingList }: { standing: Standing; waitingList: boolean }) {
  const left = placesLeft(standing)
  if (left === null) return <StateTag tone="good">Inscription ouverte</StateTag>
  if (left > 0) return <StateTag tone="good">{plural(left, 'place restante', 'places restantes')}</StateTag>
  return waitingList ? (
    <StateTag tone="warn">Complet, liste d’attente</StateTag>
  ) : (
    <StateTag tone="neutral">Complet</StateTag>
  )
}

export const CancelledNotice = ({ reason }: { reason: string | null }) => (
  <Notice tone="bad" title="Cette activité est annulée">
    {reason && (
      <p>
        <Fr>{reason}</Fr>
      </p>
    )}
  </Notice>
)

export function Programme({ programme, speakers }: { programme: ProgrammeItem[]; speakers: Speaker[] }) {
  if (programme.length === 0) return null
  return (
    <Section title="Programme" id="programme">
      <ol className="programme">
        {programme.map(({ id, startsAt, title, description }) => (
          <li key={id}>
            {startsAt ? <time dateTime={startsAt.toISOString()}>{formatTime(startsAt)}</time> : <span />}
            <div className="stack tight">
              <h3>
                <Fr>{title}</Fr>
              </h3>
              {description && <Prose text={description} />}
              <SpeakerNames speakers={speakers.filter(({ programmeItemId }) => programmeItemId === id)} />
            </div>
          </li>
        ))}
      </ol>
    </Section>
  )
}

const SpeakerNames = ({ speakers }: { speakers: Speaker[] }) =>
  speakers.length > 0 && <p className="small soft">Avec {joinList(speakers.map(({ name }) => name))}</p>

export const Speakers = ({ speakers }: { speakers: Speaker[] }) =>
  speakers.length > 0 && (
    <Section title="Intervenantes et intervenants" id="intervenants">
      <ul className="names">
        {speakers.map(({ id, name, function: work, organisation }) => (
          <li key={id}>
            <strong>{name}</strong>
            <br />
            <span className="small soft">{[work, organisation].filter(Boolean).join(', ')}</span>
          </li>
        ))}
      </ul>
    </Section>
  )

export const Documents = ({ documents }: { documents: PublicDocument[] }) =>
  documents.length > 0 && (
    <Section title="Documents" id="documents">
      <ul className="lines">
        {documents.map((document) => (
          <li key={document.id} className="row">
            <Link href={document.url ?? `/documents/${document.id}`}>{document.title}</Link>
            <span className="small soft">{documentWords(document)}</span>
          </li>
        ))}
      </ul>
    </Section>
  )

function documentWords({ url, mediaType, size }: PublicDocument): ReactNode {
  if (url) return nb(`sur ${new URL(url).hostname}`)
  const weight =
    size === null
      ? null
      : size < 1_000_000
        ? `${Math.ceil(size / 1000)} ko`
        : `${(size / 1_000_000).toFixed(1).replace('.', ',')} Mo`
  return nb([mediaType === 'application/pdf' && 'PDF', weight].filter(Boolean).join(', '))
}
