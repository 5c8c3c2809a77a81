import { StateTag } from '#app/ui/content.tsx'
import { type DateStyle, formatDate } from '#app/ui/french.ts'
import { Fr } from '#app/ui/fr.tsx'
import { Link } from '#app/ui/link.tsx'
import type { Affiliation } from './person-record.server.ts'

/** « depuis le 1er mai 2021 », « du … au … », « jusqu’au … »; nothing where no date is known. */
export function span(from: string | null, to: string | null, style?: DateStyle): string {
  if (from && to) return `du ${formatDate(from, style)} au ${formatDate(to, style)}`
  if (from) return `depuis le ${formatDate(from, style)}`
  return to ? `jusqu’au ${formatDate(to, style)}` : ''
}

interface Props {
  personHref: string
  affiliations: readonly Affiliation[]
  mayWrite: boolean
}

/** What somebody does and did, the present first. */
export function Affiliations({ personHref, affiliations, mayWrite }: Props) {
  if (affiliations.length === 0)
    return (
      <p className="soft">Ni organisation ni fonction connues. Une inscription les apporte, ou vous les ajoutez.</p>
    )
  return (
    <table className="stacked">
      <caption className="sr">Situations dans le temps</caption>
      <thead>
        <tr>
          <th scope="col">Fonction, organisation</th>
          <th scope="col">Profil</th>
          <th scope="col">Dates</th>
          {mayWrite && (
            <th scope="col">
              <span className="sr">Action</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {affiliations.map((one) => (
          <Line key={one.id} one={one} href={mayWrite ? `${personHref}/situations/${one.id}` : null} />
        ))}
      </tbody>
    </table>
  )
}

function Line({ one, href }: { one: Affiliation; href: string | null }) {
  const dates = span(one.validFrom, one.validTo)
  return (
    <tr className={one.when === 'past' ? 'soft' : undefined}>
      <th scope="row">
        {one.function && (
          <>
            {one.function}
            {one.organisation && ', '}
          </>
        )}
        {one.organisationId ? (
          <Link href={`/bureau/organisations/${one.organisationId}`}>{one.organisation}</Link>
        ) : (
          one.organisation
        )}
        {one.organisation && !one.organisationId && <span className="small soft"> (hors annuaire)</span>}
        {!one.function && !one.organisation && one.profile}
      </th>
      <td data-label="Profil">{one.profile}</td>
      <td data-label="Dates">
        {dates && <Fr>{dates}</Fr>} {one.when === 'coming' && <StateTag tone="info">À venir</StateTag>}
        {one.when === 'past' && <StateTag tone="neutral">Terminée</StateTag>}
      </td>
      {href && (
        <td>
          <Link
            href={href}
            aria-label={`Modifier la situation ${[one.function, one.organisation].filter(Boolean).join(', ')}`}
          >
            Modifier
          </Link>
        </td>
      )}
    </tr>
  )
}
