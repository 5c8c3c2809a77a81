import { LinkButton } from '#app/ui/button.tsx'
import { Section } from '#app/ui/content.tsx'
import { formatNumber, plural } from '#app/ui/french.ts'
import { Fr } from '#app/ui/fr.tsx'
import { Link } from '#app/ui/link.tsx'
import { span } from './affiliations-list.tsx'
import type { Member, OrganisationRecord } from './organisation-record.server.ts'

interface Props extends Pick<OrganisationRecord, 'members' | 'total'> {
  organisationId: string
  mayWrite: boolean
}

/** The people of an organisation: those of today, then those who were there before, folded. */
export function MembersSection({ organisationId, members, total, mayWrite }: Props) {
  const now = members.filter(({ past }) => !past)
  const past = members.filter((member) => member.past)
  const hidden = total.now + total.past - members.length
  return (
    <Section
      id="personnes"
      title={
        <>
          Personnes <span className="count">{formatNumber(total.now)}</span>
        </>
      }
      actions={
        mayWrite && (
          <LinkButton href={`/bureau/personnes/nouvelle?organisation=${organisationId}`} small>
            Ajouter une personne
          </LinkButton>
        )
      }
    >
      {now.length === 0 && <p className="soft">Personne de connu dans cette organisation aujourd’hui.</p>}
      {now.length > 0 && <Members caption="Personnes d’aujourd’hui" members={now} />}
      {past.length > 0 && (
        <details>
          <summary>{plural(total.past, 'ancienne situation', 'anciennes situations')}</summary>
          <Members caption="Personnes d’avant" members={past} />
        </details>
      )}
      {hidden > 0 && (
        <p className="small soft">
          <Fr>{`${formatNumber(hidden)} autres : cherchez l’organisation dans la liste des personnes.`}</Fr>
        </p>
      )}
    </Section>
  )
}

const Members = ({ caption, members }: { caption: string; members: readonly Member[] }) => (
  <table className="stacked">
    <caption className="sr">{caption}</caption>
    <thead>
      <tr>
        <th scope="col">Nom</th>
        <th scope="col">Fonction</th>
        <th scope="col">Adresse électronique</th>
        <th scope="col">Dates</th>
      </tr>
    </thead>
    <tbody>
      {members.map((one) => (
        <tr key={one.id}>
          <th scope="row">
            <Link href={`/bureau/personnes/${one.personId}`}>{one.name}</Link>
          </th>
          <td data-label="Fonction">{one.function ?? one.profile}</td>
          <td data-label="Adresse">{one.email && <a href={`mailto:${one.email}`}>{one.email}</a>}</td>
          <td data-label="Dates" className="small">
            {(one.validFrom || one.validTo) && <Fr>{span(one.validFrom, one.validTo, 'numeric')}</Fr>}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)
