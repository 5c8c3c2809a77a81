import { DescriptionList } from '#app/ui/content.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { formatPercent, joinList } from '#app/ui/french.ts'
import { Link } from '#app/ui/link.tsx'
import type { CycleFigures } from './assiduity-list.server.ts'
import { formatDuration } from './duration.ts'
import type { SeriesRecord } from './read-series.server.ts'

/** One line each. */
export const Objectives = ({ text }: { text: string }) => (
  <ul>
    {text
      .split('\n')
      .map((line) => line.replace(/^[-•*]\s*/, '').trim())
      .filter(Boolean)
      .map((line) => (
        <li key={line}>
          <Fr>{line}</Fr>
        </li>
      ))}
  </ul>
)

/** What a cycle is for, and what it asks. */
export const CycleFacts = ({ series }: { series: SeriesRecord }) => (
  <DescriptionList
    items={[
      { label: 'Présentation', value: series.description && <span className="pre">{series.description}</span> },
      { label: 'Objectifs', value: series.objectives && <Objectives text={series.objectives} /> },
      { label: 'Public visé', value: series.audience },
      { label: 'Profils visés', value: joinList(series.profiles.map(({ label }) => label)) },
      { label: 'Durée prévue', value: series.plannedMinutes && formatDuration(series.plannedMinutes) },
      {
        label: 'Assiduité demandée',
        value: series.requiredShare && `${series.requiredShare} % des activités tenues, pour l’attestation`,
      },
      {
        label: 'Page publique',
        value: series.visibility !== 'internal' && (
          <Link href={`/agenda/cycle/${series.slug}`}>/agenda/cycle/{series.slug}</Link>
        ),
      },
    ]}
  />
)

export function keyFiguresOf({ id, requiredShare }: SeriesRecord, figures: CycleFigures) {
  const { held, coming, followers, presences, average, reached } = figures
  const href = `/bureau/series/${id}/assiduite`
  return [
    { label: 'activités tenues', value: held, detail: coming > 0 ? `${coming} à venir` : undefined },
    { label: 'participants', value: followers, href },
    { label: 'présences', value: presences, href },
    ...(average
      ? [
          {
            label: 'assiduité moyenne',
            value: formatPercent(average.attended / average.possible),
            detail: `${average.attended} présences sur ${average.possible} possibles`,
            href,
          },
        ]
      : []),
    ...(requiredShare === null || held === 0
      ? []
      : [
          {
            label: coming > 0 ? 'au seuil à ce jour' : 'ont suivi le cycle',
            value: reached,
            detail: `${requiredShare} % demandés`,
            href: `${href}?seuil=atteint`,
          },
        ]),
  ]
}
